import { didYouMean } from '../core/suggest.ts';
import { type AttributeSpec, sampleOf } from './elements.ts';
import { quote } from './fault.ts';
import type { PlaceOf } from './lines.ts';
import type { Report } from './report.ts';
import type { XmlAttribute, XmlElement } from './xml.ts';

/** What the readers of one file share. */
export type Reading = {
  placeOf: PlaceOf;
  report: Report;
  /** Every exit as written: its target must exist once all applets are known. */
  targets: { target: string; offset: number }[];
};

export type Attributes = {
  /** Values that were right, as written. */
  raw: Record<string, unknown>;
  /** Values that were right, and defaults. */
  values: Record<string, unknown>;
  /** The attributes named in `others`. */
  others: Record<string, XmlAttribute>;
  offsets: Record<string, number>;
  /** Nothing missing, nothing refused; unknown attributes do not count. */
  whole: boolean;
};

/** Reads the attributes of an element, reports those that are unknown, missing or wrong, and keeps the rest. */
export function readAttributes(
  { report }: Reading,
  element: XmlElement,
  specs: readonly AttributeSpec[],
  others: readonly string[] = [],
): Attributes {
  const result: Attributes = { raw: {}, values: {}, others: {}, offsets: {}, whole: true };
  const known = [...specs.map(({ name }) => name), ...others];
  for (const attribute of element.attributes) {
    if (others.includes(attribute.name)) result.others[attribute.name] = attribute;
    else if (!known.includes(attribute.name)) {
      const advice = () => (known.length > 0 ? didYouMean(attribute.name.slice(0, 65), known) : 'Remove it.');
      const says = `<${element.name}> has no attribute ${quote(attribute.name)}.`;
      report.add('FLOW_UNKNOWN_ATTRIBUTE', attribute.at, says, advice);
    }
  }
  for (const spec of specs) readOne(report, element, spec, result);
  return result;
}

function readOne(report: Report, element: XmlElement, spec: AttributeSpec, result: Attributes): void {
  const { name, schema, mark } = spec;
  const attribute = element.attributes.find((one) => one.name === name);
  const parsed = schema.safeParse(attribute?.value);
  if (attribute) result.offsets[name] = attribute.at;
  if (parsed.success) {
    result.values[name] = parsed.data;
    if (attribute) result.raw[name] = attribute.value;
    return;
  }
  result.whole = false;
  if (!attribute) {
    const advice = `Add ${name}="${sampleOf(spec)}". ${mark.doc}`;
    report.add('FLOW_MISSING_ATTRIBUTE', element.at, `<${element.name}> needs the attribute ${name}.`, advice);
    return;
  }
  const why = (parsed.error.issues[0]?.message ?? '').replace(`"${attribute.value}"`, quote(attribute.value));
  report.add('FLOW_BAD_VALUE', attribute.at, `${name}: ${why}.`, adviceFor(spec, attribute.value));
}

function adviceFor(spec: AttributeSpec, value: string): string {
  const { name, mark } = spec;
  if (mark.values) return didYouMean(value, mark.values);
  return `For example ${name}="${sampleOf(spec)}"${mark.default === undefined ? '' : ', which is also the default'}.`;
}

/** Text between the tags of an element that takes none. */
export function refuseText({ report }: Reading, { name, textAt }: XmlElement, advice: string): void {
  if (textAt !== undefined) report.add('FLOW_STRAY_TEXT', textAt, `<${name}> takes no text of its own.`, advice);
}

/** A child element that has no meaning here. */
export function refuseChild({ report }: Reading, child: XmlElement, parent: string, known: readonly string[]): void {
  const advice = () => (known.length > 0 ? didYouMean(child.name.slice(0, 65), known) : `<${parent}> has no elements inside.`);
  report.add('FLOW_UNKNOWN_ELEMENT', child.at, `<${quote(child.name).slice(1, -1)}> has no meaning inside <${parent}>.`, advice);
}

import type { AnyApplet, AppletKind } from '../applets/index.ts';
import type { ChildSpelling } from '../core/applet.ts';
import { nodeId } from '../core/ids.ts';
import { BrokenInvariant } from '../core/problem.ts';
import { appletAttributes, attributesOf, sampleOf, VERBS } from './elements.ts';
import type { FlowNode, Target } from './model.ts';
import { type Reading, readAttributes, refuseChild, refuseText } from './read-attributes.ts';
import { isVerb, readPrompt } from './read-prompt.ts';
import { written } from './words.ts';
import type { XmlAttribute, XmlElement } from './xml.ts';

/** An applet as read. `lossy` when mistakes left some of it out, so that checks of its settings would mislead. */
export type ReadApplet = {
  id?: { text: string; offset: number };
  node?: FlowNode;
  lossy: boolean;
  /** Every target it names. */
  leads: readonly string[];
};

type Parts = { raw: Record<string, unknown>; offsets: Record<string, number>; wires: Record<string, Target>; whole: boolean };

export function readApplet(reading: Reading, element: XmlElement, applet: AnyApplet): ReadApplet {
  const before = reading.targets.length;
  const { xml, settings } = applet;
  const specs = attributesOf(settings);
  const common = readAttributes(reading, element, [...attributesOf(appletAttributes), ...specs], Object.keys(xml.exits));
  const { id, goal, ...raw } = common.raw;
  const parts: Parts = { raw, offsets: { ...common.offsets, '': element.at }, wires: {}, whole: common.whole };
  for (const [exit, attribute] of Object.entries(common.others)) wire(reading, parts, exit, attribute);
  readInside(reading, element, applet, parts);
  for (const spec of specs) if (spec.required && parts.raw[spec.name] === undefined) parts.raw[spec.name] = sampleOf(spec);

  const at = reading.placeOf(element.at);
  const parsed = settings.safeParse(parts.raw);
  if (!parsed.success && parts.whole) throw new BrokenInvariant(`<${applet.element}> has settings no element can spell.`);
  const places = Object.fromEntries(Object.entries(parts.offsets).map(([path, offset]) => [path, reading.placeOf(offset)]));
  const node = {
    kind: applet.kind as AppletKind,
    id: nodeId(typeof id === 'string' ? id.trim() : ''),
    settings: parsed.data,
    wires: parts.wires,
    ...(typeof goal === 'string' && { goal: goal.trim() }),
    at,
    places,
  } as FlowNode;
  return {
    ...(typeof id === 'string' && { id: { text: id.trim(), offset: common.offsets['id'] ?? element.at } }),
    ...(parsed.success && { node }),
    lossy: !parts.whole,
    leads: reading.targets.slice(before).map(({ target }) => target),
  };
}

/** Notes an exit and where it leads; the first of two wins, as the first is what the caller would get. */
function wire({ report, targets }: Reading, parts: Parts, exit: string | undefined, { name, value, at }: XmlAttribute): void {
  const target = value.trim();
  if (target === '') {
    report.add('FLOW_BAD_VALUE', at, `${name} is empty.`, 'Name the id of an applet, or leave the attribute out.');
    return;
  }
  targets.push({ target, offset: at });
  if (exit === undefined) return;
  parts.wires[exit] ??= target as Target;
  parts.offsets[`exit:${exit}`] ??= at;
}

/** Prompt, children and text. */
function readInside(reading: Reading, element: XmlElement, { xml }: AnyApplet, parts: Parts): void {
  const children = xml.children ?? {};
  const known = [...(xml.prompt ? VERBS : []), ...Object.keys(children)];
  const seen = new Set<string>();
  for (const child of element.children) {
    const spelling = Object.hasOwn(children, child.name) ? children[child.name] : undefined;
    if (spelling) {
      if (!spelling.many && seen.has(child.name)) {
        const says = `A second <${child.name}> stands in <${element.name}>.`;
        reading.report.add('FLOW_DUPLICATE_CHILD', child.at, says, 'Keep one of the two.');
      } else readChild(reading, child, spelling, parts);
      seen.add(child.name);
    } else if (!xml.prompt || !isVerb(child.name)) {
      refuseChild(reading, child, element.name, known);
      parts.whole = false;
    }
  }
  if (xml.prompt) parts.raw[xml.prompt] = readPrompt(reading, element.children, xml.prompt, parts.offsets);
  if (xml.text) {
    parts.raw[xml.text] = written(element.text);
    parts.offsets[xml.text] = element.textAt ?? element.at;
  } else refuseText(reading, element, xml.prompt ? 'Put it into <Say>…</Say>.' : 'Remove it.');
}

function readChild(reading: Reading, element: XmlElement, spelling: ChildSpelling, parts: Parts): void {
  const { field, many, schema, holds, promptField, exit } = spelling;
  const before = (parts.raw[field] as unknown[] | undefined) ?? [];
  const path = many ? `${field}.${before.length}` : field;
  const attributes = readAttributes(reading, element, attributesOf(schema), exit ? ['next'] : []);
  parts.offsets[path] = element.at;
  for (const [name, offset] of Object.entries(attributes.offsets)) parts.offsets[`${path}.${name}`] = offset;
  const name = attributes.whole ? exit?.(attributes.values) : undefined;
  if (name !== undefined) parts.offsets[`exit:${name}`] ??= attributes.others['next']?.at ?? element.at;
  if (attributes.others['next']) wire(reading, parts, name, attributes.others['next']);

  for (const child of element.children) {
    if (holds !== 'prompt' || !isVerb(child.name)) refuseChild(reading, child, element.name, holds === 'prompt' ? VERBS : []);
  }
  refuseText(reading, element, holds === 'prompt' ? 'Put it into <Say>…</Say>.' : 'Remove it.');
  const promptPath = promptField ? `${path}.${promptField}` : path;
  const prompt = holds === 'prompt' ? readPrompt(reading, element.children, promptPath, parts.offsets) : [];
  if (!attributes.whole) {
    parts.whole = false;
    return;
  }
  const value = holds === 'prompt' ? (promptField ? { ...attributes.raw, [promptField]: prompt } : prompt) : attributes.raw;
  parts.raw[field] = many ? [...before, value] : value;
}

import { attributesOf, unansweredAttributes } from './elements.ts';
import type { Unanswered, Unreached } from './model.ts';
import { type Reading, readAttributes, refuseChild } from './read-attributes.ts';
import { UNREACHED, written } from './words.ts';
import type { XmlElement } from './xml.ts';

/** What to send when the call is not answered; a flow has at most one. */
export function readUnanswered(reading: Reading, elements: readonly XmlElement[]): Unanswered | undefined {
  const { report, placeOf } = reading;
  const all = elements.map((element) => readOne(reading, element));
  for (const { at } of elements.slice(1)) {
    report.add('FLOW_DUPLICATE_CHILD', at, 'A second <Unanswered> stands in <Flow>.', 'Keep one of the two.');
  }
  const [element, first] = [elements[0], all[0]];
  return element && first ? { ...first, at: placeOf(element.at) } : undefined;
}

function readOne(reading: Reading, element: XmlElement): Omit<Unanswered, 'at'> | undefined {
  const { report } = reading;
  const { values, whole } = readAttributes(reading, element, attributesOf(unansweredAttributes));
  for (const child of element.children) refuseChild(reading, child, 'Unanswered', []);
  const [attribute, text] = [values['sms'] as string | undefined, written(element.text)];
  if (attribute !== undefined && element.textAt !== undefined) {
    const says = 'This <Unanswered> has its text twice: as sms="…" and between its tags.';
    report.add('FLOW_STRAY_TEXT', element.textAt, says, 'Keep one of the two.');
  }
  const sms = attribute === undefined ? text : written(attribute);
  if (whole && sms === '') {
    report.add('FLOW_NOTHING_SAID', element.at, 'This <Unanswered> has no text to send.', 'Write it between the tags.');
  }
  return sms === '' ? undefined : { on: (values['on'] as readonly Unreached[] | undefined) ?? UNREACHED, sms };
}

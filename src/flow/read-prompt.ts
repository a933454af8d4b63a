import type { Ms } from '../core/ids.ts';
import type { PromptItem, Say } from '../core/prompt.ts';
import { attributesOf, promptAttributes, VERBS, type Verb } from './elements.ts';
import { type Reading, readAttributes, refuseChild, refuseText } from './read-attributes.ts';
import { spoken } from './words.ts';
import type { XmlElement } from './xml.ts';

export const isVerb = (name: string): name is Verb => VERBS.some((verb) => verb === name);

/**
 * The prompt that these elements spell; items with mistakes are left out or get their defaults.
 * @param offsets gets the place of each item and its attributes under `path`.
 */
export function readPrompt(
  reading: Reading,
  elements: readonly XmlElement[],
  path: string,
  offsets: Record<string, number>,
): PromptItem[] {
  const items: PromptItem[] = [];
  for (const element of elements) {
    if (!isVerb(element.name)) continue;
    const item = readItem(reading, element, element.name, `${path}.${items.length}`, offsets);
    if (item) items.push(item);
  }
  return items;
}

function readItem(
  reading: Reading,
  element: XmlElement,
  verb: Verb,
  path: string,
  offsets: Record<string, number>,
): PromptItem | undefined {
  const attributes = readAttributes(reading, element, attributesOf(promptAttributes[verb]));
  offsets[path] = element.at;
  for (const [name, offset] of Object.entries(attributes.offsets)) offsets[`${path}.${name}`] = offset;
  const { values } = attributes;
  if (verb === 'In') return readGroup(reading, element, values['language'], path, offsets);
  for (const child of element.children) refuseChild(reading, child, verb, []);
  if (verb === 'Pause') {
    refuseText(reading, element, 'A Pause is silent: put the text into a <Say> of its own.');
    return values['for'] === undefined ? undefined : { type: 'pause', for: values['for'] as Ms };
  }
  const text = spoken(element.text);
  offsets[`${path}.${verb === 'Say' ? 'text' : 'url'}`] = element.textAt ?? element.at;
  if (text === '') {
    const advice =
      verb === 'Say' ? 'Write what is said between the tags.' : 'Write the address or file of a wav between the tags.';
    reading.report.add('FLOW_NOTHING_SAID', element.at, `This <${verb}> is empty.`, advice);
    return undefined;
  }
  const loop = (values['loop'] as number | undefined) ?? 1;
  if (verb === 'Play') return { type: 'play', url: text, loop };
  const more = Object.entries(values).filter(([name, value]) => name !== 'loop' && value !== undefined);
  return { type: 'say', text, loop, ...(Object.fromEntries(more) as Omit<Say, 'type' | 'text' | 'loop'>) };
}

function readGroup(
  reading: Reading,
  element: XmlElement,
  language: unknown,
  path: string,
  offsets: Record<string, number>,
): PromptItem | undefined {
  const inside: readonly string[] = VERBS.filter((verb) => verb !== 'In');
  refuseText(reading, element, 'Put it into <Say>…</Say>.');
  for (const child of element.children) {
    if (child.name === 'In') {
      const advice = 'Put the groups beside each other.';
      reading.report.add('FLOW_UNKNOWN_ELEMENT', child.at, 'An <In> stands inside another <In>.', advice);
    } else if (!inside.includes(child.name)) refuseChild(reading, child, 'In', inside);
  }
  const spokenHere = element.children.filter(({ name }) => inside.includes(name));
  if (spokenHere.length === 0) {
    reading.report.add('FLOW_NOTHING_SAID', element.at, 'This <In> says nothing.', 'Put a <Say> or <Play> inside.');
  }
  const items = readPrompt(reading, spokenHere, `${path}.items`, offsets);
  return typeof language === 'string' && items.length > 0 ? { type: 'in', language, items } : undefined;
}

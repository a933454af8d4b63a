import type { ChildSpelling } from '../core/applet.ts';
import type { Ms } from '../core/ids.ts';
import type { Prompt, PromptItem } from '../core/prompt.ts';
import { showDuration } from '../core/time.ts';
import { type AttributeSpec, attributesOf, flowAttributes, promptAttributes, unansweredAttributes } from './elements.ts';
import { appletFor } from './graph.ts';
import type { Flow, FlowNode } from './model.ts';
import { longClass } from './words.ts';

type Written = readonly (readonly [name: string, value: string])[];

/** A flow as XML: attributes in the order of the reference, defaults left out. What `readFlow` reads back is the same flow. */
export function printFlow(flow: Flow): string {
  const { name, start, language, timeLimit, unanswered } = flow;
  const attributes = write(attributesOf(flowAttributes), { name, start, class: longClass(flow.class), language, timeLimit });
  const lines = [...flow.nodes.values()].flatMap(printNode);
  if (unanswered) {
    const on = write(attributesOf(unansweredAttributes), { on: unanswered.on.join(' ') });
    lines.push(tag('Unanswered', on, escapeText(unanswered.sms)));
  }
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...element('Flow', attributes, lines), ''].join('\n');
}

function printNode(node: FlowNode): readonly string[] {
  const { element: name, settings: schema, xml } = appletFor(node);
  const settings = node.settings as Readonly<Record<string, unknown>>;
  const attributes: Written = [
    ['id', node.id],
    ...(node.goal === undefined ? [] : [['goal', node.goal] as const]),
    ...write(attributesOf(schema), settings),
    ...Object.keys(xml.exits).flatMap((exit) => {
      const target = node.wires[exit];
      return target === undefined ? [] : [[exit, target] as const];
    }),
  ];
  if (xml.text) return [tag(name, attributes, escapeText(String(settings[xml.text])))];
  const prompt = xml.prompt ? printPrompt(settings[xml.prompt] as Prompt) : [];
  const children = Object.entries(xml.children ?? {}).flatMap(([child, spelling]) => printChildren(node, child, spelling));
  return element(name, attributes, [...prompt, ...children]);
}

function printChildren(node: FlowNode, name: string, spelling: ChildSpelling): readonly string[] {
  const { field, many, holds, promptField, schema, exit } = spelling;
  const value = (node.settings as Readonly<Record<string, unknown>>)[field];
  if (value === undefined || (!many && Array.isArray(value) && value.length === 0)) return [];
  return (many ? (value as readonly unknown[]) : [value]).flatMap((one) => {
    const settings = (holds === 'prompt' && !promptField ? {} : one) as Readonly<Record<string, unknown>>;
    const target = exit && node.wires[exit(settings)];
    const next: Written = target === undefined ? [] : [['next', target]];
    const prompt = holds === 'prompt' ? printPrompt((promptField ? settings[promptField] : one) as Prompt) : [];
    return element(name, [...write(attributesOf(schema), settings), ...next], prompt);
  });
}

const printPrompt = (prompt: Prompt): readonly string[] => prompt.flatMap(printItem);

function printItem(item: PromptItem): readonly string[] {
  const attributes = (verb: keyof typeof promptAttributes) =>
    write(attributesOf(promptAttributes[verb]), item as unknown as Record<string, unknown>);
  switch (item.type) {
    case 'say':
      return [tag('Say', attributes('Say'), escapeText(item.text))];
    case 'play':
      return [tag('Play', attributes('Play'), escapeText(item.url))];
    case 'pause':
      return element('Pause', attributes('Pause'), []);
    case 'in':
      return element('In', attributes('In'), printPrompt(item.items));
  }
}

/** The attributes of a schema as they would be written; what equals the default is left out. */
function write(specs: readonly AttributeSpec[], values: Readonly<Record<string, unknown>>): Written {
  return specs.flatMap(({ name, mark }) => {
    const value = values[name];
    if (value === undefined) return [];
    const text = spell(mark.xml, value);
    return text === mark.default ? [] : [[name, text] as const];
  });
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const two = (n: number): string => String(n).padStart(2, '0');

/** How a value is written, by the name of its type. */
const SPELL: Readonly<Record<string, (value: never) => string>> = {
  Duration: (value: Ms) => showDuration(value),
  Assignment: ({ name, value }: { name: string; value: string }) => `${name}=${value}`,
  Days: (days: readonly number[]) => days.map((day) => DAYS[day]).join(','),
  TimeOfDay: (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
};
const spell = (type: string, value: unknown): string => SPELL[type]?.(value as never) ?? String(value);

function element(name: string, attributes: Written, inside: readonly string[]): readonly string[] {
  if (inside.length === 0) return [`<${name}${show(attributes)}/>`];
  return [`<${name}${show(attributes)}>`, ...inside.map((line) => indent(line)), `</${name}>`];
}

/** An element around text, which keeps its line breaks. */
const tag = (name: string, attributes: Written, text: string): string =>
  text === '' ? `<${name}${show(attributes)}/>` : `<${name}${show(attributes)}>${text}</${name}>`;

const indent = (line: string): string => `  ${line}`;
const show = (attributes: Written): string => attributes.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');

const escapeText = (text: string): string =>
  text.replace(/[&<>\r]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&#13;'));
const escapeAttribute = (text: string): string =>
  escapeText(text).replace(/["\n\t]/g, (c) => (c === '"' ? '&quot;' : `&#${c.charCodeAt(0)};`));

import { appletFor } from './graph.ts';
import type { Flow, FlowNode, FlowSet } from './model.ts';

/** What every call knows by itself. */
export const CALL_VARIABLES = ['CustomField', 'CallSid', 'From', 'To', 'digits', 'language'] as const;

/** A `{{name}}` in a text; without a name it is malformed. */
export type Template = { written: string; name?: string };

/** Every `{{name}}` of a text, and what looks like one but is none. */
export function templatesIn(text: string): readonly Template[] {
  if (!text.includes('{{')) return [];
  return [...text.matchAll(/\{\{(?:\s*([^{}]*?)\s*\}\})?/g)].map(([written, name]) =>
    name ? { written, name } : { written: written === '{{' ? text.slice(text.indexOf('{{')).slice(0, 40) : written },
  );
}

/** Every text in a value, with its path in the settings. */
export function textsIn(value: unknown, path = ''): readonly { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => textsIn(part, path === '' ? name : `${path}.${name}`));
}

export const savedBy = (node: FlowNode): readonly string[] => appletFor(node).saves?.(node.settings) ?? [];

const nodesOf = ({ flows }: FlowSet): readonly FlowNode[] => [...flows.values()].flatMap((flow) => [...flow.nodes.values()]);

/** Every variable that some applet of these flows sets. */
export const savedIn = (set: FlowSet): ReadonlySet<string> => new Set(nodesOf(set).flatMap(savedBy));

/** Does any Passthru keep the answer of a server, whose fields are variables too? */
export const keepsAnswers = (set: FlowSet): boolean =>
  nodesOf(set).some((node) => node.kind === 'passthru' && !node.settings.async);

/** The texts of a flow that variables are filled into. */
export const textsOf = (flow: Flow): readonly { node: FlowNode; path: string; text: string }[] =>
  [...flow.nodes.values()].flatMap((node) => textsIn(node.settings).map((found) => ({ node, ...found })));

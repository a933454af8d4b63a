import type { Portability } from '../core/applet.ts';
import type { Place } from '../core/problem.ts';
import type { Prompt } from '../core/prompt.ts';
import { showDuration } from '../core/time.ts';
import { appletFor, placeIn } from './graph.ts';
import type { Flow, FlowNode } from './model.ts';
import { templatesIn, textsIn } from './variables.ts';

/** Whether Exotel can do one part of a flow: an applet, or something the language adds to applets. */
export type PortabilityItem = { at: Place; construct: string } & Portability;

const DEFAULT_LIMIT = 14_400_000;

/** What becomes of a flow on Exotel, part by part, in file order. */
export function portabilityOf(flow: Flow, lossy: ReadonlySet<string> = new Set()): readonly PortabilityItem[] {
  const items = [...ofFlow(flow), ...[...flow.nodes].flatMap(([key, node]) => (lossy.has(key) ? [] : ofNode(node)))];
  return items.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
}

function ofFlow({ at, timeLimit, unanswered }: Flow): readonly PortabilityItem[] {
  const limit: PortabilityItem = {
    at,
    construct: `Flow timeLimit="${showDuration(timeLimit)}"`,
    level: 'as-is',
    note: 'Given as TimeLimit with each call that you start by the API; incoming calls have none.',
  };
  const missed: PortabilityItem[] = unanswered
    ? [
        {
          at: unanswered.at,
          construct: 'Unanswered',
          level: 'needs-server',
          rewrite:
            'Exotel sends nothing by itself: your server gets the status callback (busy, no-answer, failed) and sends the SMS by the API.',
        },
      ]
    : [];
  return [...(timeLimit === DEFAULT_LIMIT ? [] : [limit]), ...missed];
}

function ofNode(node: FlowNode): readonly PortabilityItem[] {
  const { element, portability } = appletFor(node);
  const construct = `${element} "${node.id}"`;
  const own: PortabilityItem = { at: node.at, construct, ...portability(node.settings) };
  const parts = [...variables(node), ...returns(node), ...promptsOf(node).flatMap(ofPrompt)];
  return [
    own,
    ...parts.map(({ path, part, ...how }) => ({ at: placeIn(node, path), construct: `${part} in ${construct}`, ...how })),
  ];
}

type Part = { path: string; part: string } & Portability;

function variables(node: FlowNode): readonly Part[] {
  const found = textsIn(node.settings).flatMap(({ path, text }) =>
    templatesIn(text).flatMap(({ name }) => (name === undefined ? [] : [{ path, name }])),
  );
  const [first] = found;
  if (!first) return [];
  const names = [...new Set(found.map(({ name }) => `{{${name}}}`))].join(', ');
  return [
    {
      path: first.path,
      part: names,
      level: 'needs-server',
      rewrite:
        'Exotel has no variables. Texts: give the applet a url, and your server answers the text with the values in it. ' +
        'Addresses: leave them out, as Exotel sends CallSid, From, To, digits and CustomField with each request.',
    },
  ];
}

const returns = (node: FlowNode): readonly Part[] =>
  Object.entries(node.wires).flatMap(([exit, target]) =>
    /^return(:|$)/.test(target)
      ? [
          {
            path: `exit:${exit}`,
            part: `${exit}="${target}"`,
            level: 'not-possible' as const,
            rewrite: 'Exotel flows do not return: lead a Transfer back to the flow that the caller came from.',
          },
        ]
      : [],
  );

const isPrompt = (value: unknown): value is Prompt =>
  Array.isArray(value) && value.length > 0 && value.every((item) => ['say', 'play', 'pause', 'in'].includes(item?.type));

/** Every prompt in the settings, those of children too. */
function promptsOf(node: FlowNode): readonly { path: string; prompt: Prompt }[] {
  const walk = (value: unknown, path: string): readonly { path: string; prompt: Prompt }[] => {
    if (isPrompt(value)) return [{ path, prompt: value }];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, part]) => walk(part, path === '' ? name : `${path}.${name}`));
  };
  return walk(node.settings, '');
}

function ofPrompt({ path, prompt }: { path: string; prompt: Prompt }): readonly Part[] {
  const at = `${path}.0`;
  const group = prompt.findIndex(({ type }) => type === 'in');
  if (group >= 0) {
    const rewrite =
      'An Exotel applet speaks one language: ask for it in a menu first, and give each language applets of its own.';
    return [{ path: `${path}.${group}`, part: 'In', level: 'not-possible', rewrite }];
  }
  if (prompt.length > 1 || prompt[0]?.type === 'pause') {
    const rewrite =
      'An Exotel applet has one text or one recording: join them, or give a url where your server answers one wav address a line.';
    return [{ path: at, part: 'a prompt of several parts', level: 'needs-server', rewrite }];
  }
  const [item] = prompt;
  if (item?.type === 'say' && (item.voice ?? item.language ?? item.as ?? item.rate) === undefined && item.loop === 1) return [];
  if (item?.type === 'play' && item.loop === 1) {
    return /^https?:/i.test(item.url)
      ? []
      : [{ path: at, part: 'a recording', level: 'as-is', note: 'Upload the file: wav, 8 kHz, mono, 16 bit.' }];
  }
  const note =
    'The attributes of Say and Play are not in the applet: choose the voice in the dashboard, write text as it is spoken.';
  return [{ path: at, part: 'Say or Play with attributes', level: 'as-is', note }];
}

import { Document, isMap, isSeq } from 'yaml';
import type { CallView } from '../call/view.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import type { E164 } from '../core/ids.ts';
import { plainIst } from '../core/time.ts';
import type { FlowSet } from '../flow/model.ts';
import { stepsOf, type WrittenStep } from './record-steps.ts';
import { tellStory } from './record-story.ts';
import { callOf, worldOf } from './record-world.ts';
import type { Expectations } from './schema.ts';

export type RecordAbout = {
  /** The flow's file, from the folder in which the scenario will stand; left out where a scenario looks for it anyway. */
  flow?: string;
  /** The ExoPhone of scenarios that name none. */
  exophone?: E164;
};

/**
 * The scenario of a recorded call, as the text of its file: the caller does again what they did, the world what it did, and
 * what became of it is expected. The text holds the number that was called.
 * @param set the flows with which the log was made.
 * @throws TypeError when the log does not begin with a call's beginning.
 */
export function toScenario(log: readonly Logged[], set: FlowSet, about: RecordAbout): string {
  const started = log[0]?.e;
  if (started?.type !== 'started') throw new TypeError('The log of a call begins with "started".');
  const { facts } = started;
  const story = tellStory(log, set);
  const { view } = story;
  const steps = stepsOf(story);
  const known = worldOf(story, facts);
  const world = view.ended || !asksServers(set) ? known : { ...known, http: [...(known?.http ?? []), SILENCE] };
  return writeScenario({
    comment: headline(view),
    ...(about.flow !== undefined && { flow: about.flow }),
    call: callOf(story, facts, set, about.exophone),
    ...(world && { world }),
    steps,
    expect: expectationsOf(view, facts),
  });
}

/** Nobody knows what servers would have said after the end of the log. */
const SILENCE = { url: '*', method: '*', fail: 'timeout' };

const asksServers = ({ flows }: FlowSet): boolean =>
  [...flows.values()].some(({ nodes }) => [...nodes.values()].some(({ settings }) => 'url' in settings && settings.url));

function headline({ startedAt, ended, status }: CallView): string {
  const lines = [
    ` Recorded from a call of ${plainIst(startedAt)} IST. It holds the number that was called.`,
    ...(ended ? [] : [' The call was not over yet: what comes after is not expected.']),
    ...(status === 'canceled' ? [' It was given up while it rang, which here nobody answers.'] : []),
  ];
  return lines.join('\n');
}

type Expected = { [K in keyof Expectations]?: unknown };

/** What can be said of a call for certain, and would be different if the flow led it another way. */
function expectationsOf(view: CallView, { call, customer }: CallFacts): Expected {
  const nodes = [...new Set(view.visited.map(({ node }): string => node))];
  const last = view.visited.at(-1)?.node;
  const others = nodes.filter((node) => !view.ended || node !== last);
  const saved = Object.fromEntries(Object.entries(view.saved).filter(([, value]) => !value.includes(call)));
  const goals = [...new Set(view.goals)];
  const oddly = view.ended && ['time-limit', 'unwired', 'dropped', 'loop'].includes(view.ended.by);
  return {
    ...(view.ended && { status: view.status === 'canceled' ? 'no-answer' : view.status }),
    ...(view.ended && last !== undefined && { 'ended at': last }),
    ...(oddly && { 'ended by': view.ended?.by }),
    ...(view.ended && view.digits !== undefined && { digits: view.digits }),
    ...(view.ended && Object.keys(saved).length > 0 && { saved }),
    ...(goals.length > 0 && { goals: goals.length === 1 ? goals[0] : goals }),
    ...messagesOf(view, call, customer),
    ...(others.length > 0 && { visited: others }),
  };
}

function messagesOf(view: CallView, call: string, customer: string): Expected {
  const sms = view.sms.flatMap(({ to, text, result }) =>
    result && 'sid' in result ? [{ ...(to !== customer && { to }), text: pieceWithout(text, call) }] : [],
  );
  const recorded = view.optOuts.filter(({ result }) => result && 'fact' in result);
  const dnc = once(recorded.map(({ scope, key }) => ({ scope, ...(key && { key }) })));
  const webhooks = once(recorded.flatMap(({ url }) => (url === undefined ? [] : [{ url: url.replaceAll(call, '*') }])));
  return {
    ...(sms.length > 0 && { sms }),
    ...(view.optOuts.length > 0 && { dnc }),
    ...(webhooks.length > 0 && { webhooks }),
  };
}

const once = <T>(items: readonly T[]): T[] => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];

/** A text, or its longest part that another call would have too. */
const pieceWithout = (text: string, call: string): string =>
  text
    .split(call)
    .reduce((best, piece) => (piece.length > best.length ? piece : best), '')
    .trim();

export type Writing = {
  comment: string;
  flow?: string;
  call?: object;
  world?: object;
  steps: readonly WrittenStep[];
  expect: Expected;
};

/** A scenario as the text of its file. */
export function writeScenario({ comment, steps, ...rest }: Writing): string {
  const { expect, ...before } = rest;
  const content = {
    ...before,
    ...(steps.length > 0 && { steps: steps.map(({ step }) => step) }),
    expect,
  };
  const document = new Document(content, { aliasDuplicateObjects: false });
  document.commentBefore = comment;
  steps.forEach(({ comment: about }, i) => {
    const item = document.getIn(['steps', i], true);
    const value = isMap(item) ? item.items[0]?.value : undefined;
    if (about !== undefined && typeof value === 'object' && value !== null) Object.assign(value, { comment: ` ${about}` });
  });
  const visited = document.getIn(['expect', 'visited'], true);
  if (isSeq(visited)) visited.flow = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

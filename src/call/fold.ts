import type { CallStatus } from '../core/call-record.ts';
import type { CallCommand } from '../core/command.ts';
import type { CallEvent, EndReason, Logged } from '../core/event.ts';
import { ms } from '../core/ids.ts';
import type { CallInput, LegState } from '../core/input.ts';
import { plainIst } from '../core/time.ts';
import { TIME_LIMIT } from './turn.ts';
import { type CallView, emptyView, type Line } from './view.ts';

type Fold<T> = (view: CallView, event: T, logged: Logged) => void;
type Folds = { [T in CallEvent['type']]: Fold<Extract<CallEvent, { type: T }>> };
type Rest<T> = T extends unknown ? Omit<T, 'at' | 'seq' | 'node'> : never;

function line(view: CallView, { at, seq }: Logged, rest: Rest<Line>): void {
  view.lines.push({ at, seq, node: view.node, ...rest } as Line);
}

function speechOver(view: CallView, { at }: Logged, cut: boolean): void {
  if (!view.speaking) return;
  view.speaking.until = at;
  view.speaking.cut = cut;
  view.speaking = undefined;
}

const FINAL: Partial<Record<LegState, CallStatus>> = {
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  canceled: 'canceled',
};

const folds: Folds = {
  started(view, { facts }, logged) {
    view.facts = facts;
    view.flow = facts.flow;
    view.startedAt = logged.at;
    if (facts.direction === 'inbound') {
      view.status = 'in-progress';
      view.answeredAt = logged.at;
      view.legs.push({ leg: 1, number: facts.customer, state: 'answered', dialledAt: logged.at, answeredAt: logged.at });
      line(view, logged, { type: 'status', text: 'the customer calls; answered' });
    } else line(view, logged, { type: 'status', text: `queued ${plainIst(logged.at)} IST` });
  },
  input: (view, { input }, logged) => (inputs[input.type] as Fold<CallInput> | undefined)?.(view, input, logged),
  command: (view, { command }, logged) => (commands[command.type] as Fold<CallCommand>)(view, command, logged),
  'timer.set'(view, { timer, ms: wait }, { at }) {
    if (timer === TIME_LIMIT) view.timeLimit = ms(at + wait);
    else view.waiting = { timer, since: at, until: ms(at + wait) };
  },
  'timer.fired'(view, { timer }) {
    if (timer !== TIME_LIMIT) view.waiting = undefined;
  },
  'applet.entered'(view, { flow, node }) {
    view.flow = flow;
    view.node = node;
    view.waiting = undefined;
    view.visited.push({ flow, node });
  },
  'applet.left'(view, _, logged) {
    view.waiting = undefined;
    speechOver(view, logged, true);
  },
  key(view, { digit, was }, logged) {
    if (was !== 'ignored') view.waiting = undefined;
    line(view, logged, { type: 'key', digit, was });
  },
  'digits.accepted'(view, { digits }) {
    view.digits = digits;
  },
  saved(view, { name, value }, logged) {
    view.saved[name] = value;
    line(view, logged, { type: 'note', text: `${name} = ${value.length > 60 ? `${value.slice(0, 59)}…` : value}` });
  },
  'goal.reached'(view, { name }, logged) {
    view.goals.push(name);
    line(view, logged, { type: 'note', text: `goal "${name}" reached` });
  },
  warned(view, { says }, logged) {
    view.warnings.push(says);
    line(view, logged, { type: 'warning', text: says });
  },
  delivery(view, delivery, logged) {
    view.deliveries.push(delivery);
    line(view, logged, { type: 'delivery', delivery });
  },
  ended(view, { why }, logged) {
    speechOver(view, logged, true);
    view.waiting = undefined;
    view.ended = why;
    view.endedAt = logged.at;
    if (view.answeredAt !== undefined) view.status = 'completed';
    else if (why.by === 'unanswered') view.status = why.outcome;
    line(view, logged, { type: 'ended', why });
    view.node = undefined;
  },
};

const inputs: { [T in CallInput['type']]?: Fold<Extract<CallInput, { type: T }>> } = {
  'prompt.finished': (view, _, logged) => speechOver(view, logged, false),
  'fetch.answered'(view, { id, status, body, contentType }, { at }) {
    const request = view.requests.find((one) => one.id === id);
    if (request) request.answer = { at, status, body, contentType };
  },
  'fetch.failed'(view, { id, says }, { at }) {
    const request = view.requests.find((one) => one.id === id);
    if (request) request.answer = { at, failed: says };
  },
  'leg.changed'(view, { leg, to, by }, logged) {
    const over = to !== 'ringing' && to !== 'answered';
    view.legs = view.legs.map((one) =>
      one.leg === leg
        ? {
            ...one,
            state: to,
            ...(to === 'answered' && { answeredAt: logged.at, ...(by && { by }) }),
            ...(over && { endedAt: logged.at }),
          }
        : one,
    );
    if (leg === 1 && to === 'answered') {
      view.answeredAt = logged.at;
      view.status = 'in-progress';
    } else if (leg === 1) view.status = FINAL[to] ?? (to === 'ringing' ? 'ringing' : view.status);
    const who = leg === 1 ? '' : `agent ${view.legs.find((one) => one.leg === leg)?.number ?? leg}: `;
    const how = by === 'machine' ? `${to} by a machine` : to;
    line(view, logged, { type: 'status', text: `${who}${to === 'completed' ? 'hung up' : how}` });
  },
  'caller.hungUp': (view, _, logged) => line(view, logged, { type: 'note', text: 'the caller hangs up' }),
  'sms.accepted'(view, { id, sid }) {
    const sms = view.sms.find((one) => one.id === id);
    if (sms) sms.result = { sid };
  },
  'sms.refused'(view, { id, says }) {
    const sms = view.sms.find((one) => one.id === id);
    if (sms) sms.result = { refused: says };
  },
  'optOut.recorded'(view, { id, fact }) {
    const made = view.optOuts.find((one) => one.id === id);
    if (made) made.result = { fact };
  },
  'optOut.failed'(view, { id, says, journal }) {
    const made = view.optOuts.find((one) => one.id === id);
    if (made) made.result = { failed: says, ...(journal !== undefined && { journal }) };
  },
};

const commands: { [T in CallCommand['type']]: Fold<Extract<CallCommand, { type: T }>> } = {
  play(view, { sounds, leg }, logged) {
    const speech = { at: logged.at, leg, node: view.node, sounds, cut: false };
    view.speaking = speech;
    view.waiting = undefined;
    line(view, logged, { type: 'said', refers: view.speeches.push(speech) - 1 });
  },
  stop: (view, _, logged) => speechOver(view, logged, true),
  fetch(view, { id, method, url, async }, logged) {
    line(view, logged, {
      type: 'web',
      refers: view.requests.push({ id, node: view.node, method, url, async, at: logged.at }) - 1,
    });
  },
  sendSms(view, { id, to, text }, logged) {
    line(view, logged, { type: 'sms', refers: view.sms.push({ id, at: logged.at, to, text }) - 1 });
  },
  dial(view, { leg, number }, logged) {
    view.legs.push({ leg, number, state: 'dialling', dialledAt: logged.at });
    line(view, logged, { type: 'status', text: leg === 1 ? `dialling` : `dialling agent ${number}` });
  },
  hangUpLeg(view, { leg }, { at }) {
    view.legs = view.legs.map((one) =>
      one.leg === leg && one.endedAt === undefined
        ? { ...one, state: one.state === 'answered' ? 'completed' : 'canceled', endedAt: at }
        : one,
    );
  },
  optOut(view, { id, scope, key, url }, logged) {
    const made = { id, at: logged.at, scope, ...(key && { key }), ...(url !== undefined && { url }) };
    line(view, logged, { type: 'opt-out', refers: view.optOuts.push(made) - 1 });
  },
  record: (view, { on }, logged) => line(view, logged, { type: 'note', text: on ? 'recording begins' : 'recording ends' }),
};

/** Adds one event to a view. */
export function fold(view: CallView, logged: Logged): void {
  (folds[logged.e.type] as Fold<CallEvent>)(view, logged.e, logged);
}

/** The view of a whole log; with `view`, of what follows it. */
export function viewOf(log: readonly Logged[], view: CallView = emptyView()): CallView {
  for (const logged of log) fold(view, logged);
  return view;
}

/** Why a call ended, as a sentence. */
export function sayEnd(why: EndReason): string {
  switch (why.by) {
    case 'flow':
      return `the flow hung up at ${why.node}`;
    case 'caller':
      return 'the caller hung up';
    case 'unanswered':
      return `not answered: ${why.outcome}`;
    case 'time-limit':
      return 'the time limit ended the call';
    case 'unwired':
      return `${why.node}: exit "${why.exit}" leads nowhere, the call was dropped`;
    case 'dropped':
      return `${why.node}: its address gave no usable answer, the call was dropped`;
    case 'loop':
      return `stopped: ${why.nodes.join(' > ')} go round without the caller hearing anything`;
  }
}

import { sayEnd } from '../../call/fold.ts';
import { type KeyNow, whenWaitEnds } from '../../call/next.ts';
import { silenceFrom } from '../../call/silence.ts';
import { heardOf, sayLine } from '../../call/transcript.ts';
import type { CallView, Line, Speech } from '../../call/view.ts';
import { maskNumber, maskText } from '../../core/phone.ts';
import { showClock } from '../../core/time.ts';
import { exotelDialect } from '../../exotel/dialect.ts';
import { digitsOf, groupsOf, keysOf, listens } from '../pane/keypad.ts';
import type { PhoneState, Shown } from '../phone-state.ts';
import { left, shortUrl, tellClass, tellSilence, tellTook, tellWaitEnd } from '../words.ts';

/** `5 s`, `2.5 s`. */
const seconds = (d: number): string => `${Number((Math.max(0, d) / 1000).toFixed(1))} s`;
const sentence = (parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(', ');

/** `1 confirmed, 2 reschedule, 9 optOut`. */
const tellKeys = (keys: readonly KeyNow[]): string =>
  [...groupsOf(keys)].map(([name, group]) => `${group.length === keys.length ? 'any key' : digitsOf(group)} ${name}`).join(', ');

/** Who is called, by whom, for what. */
export function tellRinging({ facts, state, now }: Shown): string {
  const name = facts.contact['name'];
  const whom = `${name ? `${name}, ` : ''}${maskNumber(facts.customer)}, called by ${maskNumber(facts.exophone)}`;
  const rest = facts.ringFor - (now - (state.legs[0]?.dialledAt ?? now));
  return `ringing: ${whom}; flow ${facts.flow}, ${tellClass(facts.class)}; for ${seconds(rest)}, then no answer; press a to answer, d to decline`;
}

/** What a prompt says, whole. */
export function wholeOf({ at, leg, node, sounds }: Speech): string {
  const { heard, unheard } = heardOf({ at, leg, node, sounds, cut: false }, at);
  return [heard, unheard].filter(Boolean).join(' ');
}

/** How much of a prompt was cut off. */
export function tellCut(speech: Speech): string | undefined {
  if (speech.until === undefined || !speech.cut) return undefined;
  const { unheardWords: words } = heardOf(speech, speech.until);
  return words > 0 ? `${words} ${words === 1 ? 'word' : 'words'} not heard` : undefined;
}

/** A line of the conversation, as it begins. */
export function tellLine(view: CallView, line: Line): string {
  switch (line.type) {
    case 'said': {
      const speech = view.speeches[line.refers];
      const to = (speech?.leg ?? 1) > 1 ? ' to the agent' : '';
      return `${line.node ?? 'the call'} says${to}: ${speech ? wholeOf(speech) : ''}`;
    }
    case 'web': {
      const request = view.requests[line.refers];
      return `web request: ${request?.method} ${shortUrl(request?.url ?? '')}${request?.async ? ', the call does not wait' : ''}`;
    }
    case 'sms': {
      const sms = view.sms[line.refers];
      return `SMS to ${maskNumber(sms?.to ?? '')}: ${sms?.text}`;
    }
    case 'opt-out': {
      const made = view.optOuts[line.refers];
      return `opt-out (${made?.scope})${made?.key ? ` by key ${made.key}` : ''}: is being recorded`;
    }
    case 'ended':
      return `call over: ${sayEnd(line.why)}`;
    case 'key':
      return sayLine(view, line, line.at).replace('  ', ': ');
    default:
      return maskText(sayLine(view, line, line.at));
  }
}

/** What became of what a line began, once that is known. */
export function tellResult(view: CallView, line: Line): string | undefined {
  switch (line.type) {
    case 'said': {
      const speech = view.speeches[line.refers];
      return speech && tellCut(speech);
    }
    case 'web': {
      const { answer, at } = view.requests[line.refers] ?? {};
      if (!answer || at === undefined) return undefined;
      return `web answer: ${'status' in answer ? `${answer.status} ${answer.contentType}` : answer.failed}, after ${tellTook(answer.at - at)}`;
    }
    case 'sms': {
      const result = view.sms[line.refers]?.result;
      return result && ('sid' in result ? 'SMS accepted; it is only simulated' : `SMS NOT SENT: ${result.refused}`);
    }
    case 'opt-out': {
      const result = view.optOuts[line.refers]?.result;
      return result && ('fact' in result ? 'opt-out recorded' : `opt-out NOT RECORDED: ${result.failed}`);
    }
    default:
      return undefined;
  }
}

/** Whose turn it is, for how long, what keys do and what silence brings. */
export function tellTurn({ state, view, now }: Shown): string | undefined {
  const { waiting } = view;
  if (!waiting) return undefined;
  const keys = keysOf(state);
  const rest = seconds(left(waiting.until, now));
  if (state.typed !== '') return `typed ${state.typed}; ${rest} for the next key`;
  const end = whenWaitEnds(state);
  const silence = end ? `; ${tellWaitEnd(end)[0]?.replace('then:', 'silence:')}` : '';
  return listens(keys) ? `your turn: ${rest}; ${tellKeys(keys)}${silence}` : `waits: ${rest}${silence}`;
}

/** What came of a call that is over. */
export function tellOutcome({ view, now }: Shown): string {
  const talked = (view.endedAt ?? now) - (view.answeredAt ?? now);
  return sentence([
    view.status,
    view.answeredAt === undefined ? 'not answered' : `${showClock(talked)} after the answer`,
    view.digits === undefined ? undefined : `digits ${view.digits}`,
    ...view.goals.map((goal) => `goal ${goal}`),
  ]);
}

/** Where the call stands: several lines. */
export function tellStanding(state: PhoneState): readonly string[] {
  const { at, speed } = state;
  if (at.page !== 'call') return [at.page === 'asking' ? 'asking whether this call may be made' : 'not called; r tries again'];
  const { shown } = at;
  const { view, now, branch } = shown;
  const pace = [branch.held ? 'paused, space goes on' : undefined, speed === 1 ? undefined : `${speed} times as fast`];
  if (view.endedAt !== undefined) return [`call over: ${tellOutcome(shown)}`, ...placeIn(state)];
  if (view.answeredAt === undefined) return [...placeIn(state), sentence([tellRinging(shown), ...pace])];
  const silence = silenceFrom({ flows: branch.phone.flows, dialect: exotelDialect }, shown.state, view, now);
  return [
    ...placeIn(state),
    sentence([`${view.status.replace('-', ' ')}, ${showClock(now - view.answeredAt)} after the answer`, ...pace]),
    ...tellNow(shown),
    tellSilence(silence, view.startedAt, now)[0] ?? '',
  ].filter(Boolean);
}

/** Which branch, and which moment of it, where that is not the real call's present. */
export function placeIn({ branches, current, at }: PhoneState): readonly string[] {
  const branch = branches[current];
  if (!branch || at.page !== 'call') return [];
  const { past, view, now } = at.shown;
  const which = branch.simulation ? `simulation, ${branch.name}: nothing is written or posted` : 'the real call';
  const moment = past ? [`moment ${past.nth} of ${past.of}, ${showClock(now - view.startedAt)} after the start`] : [];
  return [...(branches.length > 1 ? [`branch ${current + 1} of ${branches.length}: ${which}`] : []), ...moment];
}

function tellNow(shown: Shown): readonly string[] {
  const { state, view, now } = shown;
  const { stand } = state;
  const applet = stand ? [`at ${stand.node.id}: ${stand.applet.title}, ${maskText(stand.applet.summary(stand.settings))}`] : [];
  const { speaking } = view;
  const turn = tellTurn(shown);
  if (turn !== undefined) return [...applet, turn];
  const keys = tellKeys(keysOf(state));
  if (speaking) {
    const rest = heardOf(speaking, now).unheardWords;
    return [...applet, sentence([`it speaks, ${rest} words to come`, keys === '' ? 'nobody listens to keys' : `keys: ${keys}`])];
  }
  const open = view.requests.findLast(({ answer, async }) => !answer && !async);
  if (open) return [...applet, `waits for ${open.method} ${shortUrl(open.url)}, ${seconds(now - open.at)} so far`];
  const agents = view.legs.filter(({ leg, endedAt }) => leg > 1 && endedAt === undefined);
  return [...applet, ...agents.map((leg) => `agent ${maskNumber(leg.number)}: ${leg.state}`)];
}

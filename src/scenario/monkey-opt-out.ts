import { heardOf } from '../call/transcript.ts';
import type { CallEvent } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Digit } from '../core/input.ts';
import { showDuration } from '../core/time.ts';
import { appletFor } from '../flow/graph.ts';
import type { FlowSet } from '../flow/model.ts';
import { saidIn } from '../flow/spoken.ts';
import type { Played } from './monkey-play.ts';
import type { Violation } from './monkey-violation.ts';
import { leadsToOptOut, type Spot, spotAt } from './monkey-ways.ts';
import { claimsOptOut, optOutKeys } from './monkey-words.ts';

type Command<T> = Extract<Extract<CallEvent, { type: 'command' }>['command'], { type: T }>;

const commandOf = <T extends 'optOut' | 'fetch'>(e: CallEvent | undefined, type: T): Command<T> | undefined =>
  e?.type === 'command' && e.command.type === type ? (e.command as Command<T>) : undefined;

/** Whoever asks to be left alone must be: written down, told the truth, and not asked again. */
export function optOutViolations(played: Played): Violation[] {
  return [...unrecorded(played), ...unheeded(played), ...askedAgain(played), ...untrue(played)];
}

/** Every opt-out is either a fact in the store, or an outcome that the flow knows of. */
function unrecorded({ view, known, log }: Played): Violation[] {
  const stored = new Set(known.map(({ id }) => id));
  return view.optOuts.flatMap((made): Violation[] => {
    const { result } = made;
    if (result && ('failed' in result || stored.has(result.fact))) return [];
    const at = log.flatMap(({ e }) => commandOf(e, 'optOut') ?? []).find(({ id }) => id === made.id)?.node ?? '';
    const says = `The caller opted out in "${at}", and the store holds no fact of it.`;
    return [{ code: 'OPT_OUT_LOST', at, says, expect: { dnc: [{ scope: made.scope }] } }];
  });
}

/** Somebody pressed a key that was offered as an opt-out. */
type Wish = { index: number; at: Ms; spot: Spot; digit: Digit; words: string };

function wishesIn({ log, plan }: Played): Wish[] {
  return log.flatMap(({ e, at }, index): Wish[] => {
    if (e.type !== 'applet.left') return [];
    const spot = spotAt(plan.flows, e.flow, e.node);
    const offers = spot && appletFor(spot.node).offers?.(spot.node.settings);
    const key = offers?.keys.find(({ exit }) => exit === e.exit);
    if (!spot || !offers || !key) return [];
    const words = optOutKeys(saidIn(offers.prompt).text).get(key.digit as Digit);
    return words === undefined ? [] : [{ index, at, spot, digit: key.digit as Digit, words }];
  });
}

/** A key that is offered as an opt-out must lead to one: not back to the menu, and not to the end. */
function unheeded(played: Played): Violation[] {
  const { plan } = played;
  return wishesIn(played).flatMap((wish): Violation[] => {
    const { digit, words, spot } = wish;
    const instead = whereItWent(played, wish, plan.flows);
    if (instead === undefined) return [];
    const says = `Key ${digit} of "${spot.node.id}" is offered as a way to opt out ("${words}"), but ${instead}. Nothing was recorded.`;
    return [{ code: 'OPT_OUT_NOT_HONOURED', at: spot.node.id, says, expect: { dnc: [{ key: digit }] } }];
  });
}

/** What came of a wish in place of an opt-out; undefined when it was heeded, or the caller did not wait for it. */
function whereItWent({ log, round }: Played, { index, spot }: Wish, set: FlowSet): string | undefined {
  for (const { e } of log.slice(index + 1)) {
    if (commandOf(e, 'optOut')) return undefined;
    const fetch = commandOf(e, 'fetch');
    // The server of their own keeps the list: that is how Exotel's own applets do it.
    if (fetch && tellsServer(fetch.url)) return undefined;
    if (e.type === 'ended') return e.why.by === 'caller' && round === undefined ? undefined : 'the call ends';
    if (e.type !== 'applet.entered') continue;
    if (e.node === spot.node.id) return `leads back to "${e.node}"`;
    const next = spotAt(set, e.flow, e.node);
    if (!next || !appletFor(next.node).takesKeys) continue;
    return leadsToOptOut(set, next, spot.node) ? undefined : `leads to "${e.node}", from where no opt-out can be reached`;
  }
  return undefined;
}

const tellsServer = (url: string): boolean => /opt|stop|unsub|dnc|dnd|remov|block|list/i.test(url.replace(/\?.*$/s, ''));

/** After an opt-out nobody is asked again what they have been asked before. */
function askedAgain({ log, plan, view }: Played): Violation[] {
  const asked = new Set<string>();
  let since: Command<'optOut'> | undefined;
  for (const { e, at } of log) {
    since = commandOf(e, 'optOut') ?? since;
    if (e.type !== 'applet.entered') continue;
    const spot = spotAt(plan.flows, e.flow, e.node);
    const name = `${e.flow} ${e.node}`;
    if (!spot || !appletFor(spot.node).takesKeys) continue;
    if (since && asked.has(name)) {
      const says = `After the opt-out in "${since.node}" the call goes on in "${e.node}": the caller who opted out is asked again.`;
      const [back, over] = [at - (view.answeredAt ?? at), (view.endedAt ?? at) - (view.answeredAt ?? at)];
      // Between coming back and the end: enough for a goodbye, not enough to be asked again.
      const most = ms(Math.ceil((back + Math.max(over, back + 4000)) / 2000) * 1000);
      return [{ code: 'OPT_OUT_NOT_HONOURED', at: since.node, says, expect: { duration: `..${showDuration(most)}` } }];
    }
    asked.add(name);
  }
  return [];
}

/** Nobody is told that they were removed when they were not. */
function untrue({ log, view }: Played): Violation[] {
  const failed = log.find(({ e }) => e.type === 'input' && e.input.type === 'optOut.failed');
  const node = log.flatMap(({ e }) => commandOf(e, 'optOut') ?? [])[0]?.node;
  if (!failed || node === undefined || view.optOuts.some(({ result }) => result && 'fact' in result)) return [];
  const end = view.endedAt ?? failed.at;
  const speech = view.speeches.find((one) => one.leg === 1 && one.at >= failed.at && claimsOptOut(heardOf(one, end).heard));
  if (!speech) return [];
  const { heard } = heardOf(speech, end);
  const says = `The opt-out in "${node}" could not be recorded, and the caller is told: "${heard}"`;
  return [{ code: 'OPT_OUT_UNTRUE', at: node, says, expect: { 'never heard': heard } }];
}

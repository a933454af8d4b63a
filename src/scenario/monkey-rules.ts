import { replay } from '../call/replay.ts';
import type { CallEvent } from '../core/event.ts';
import { isOwnInput } from '../core/input.ts';
import { appletFor } from '../flow/graph.ts';
import { optOutViolations } from './monkey-opt-out.ts';
import type { Played } from './monkey-play.ts';
import type { Violation, ViolationCode } from './monkey-violation.ts';
import { keysLeadOut, type Spot } from './monkey-ways.ts';

/** What is wrong with a call. */
export const violationsOf = (played: Played): Violation[] => [
  ...optOutViolations(played),
  ...endless(played),
  ...unaccounted(played),
];

const IN_THE_END = { 'ended by': 'flow' };
/** Time limits from here on are nobody's plan for a call. */
const LONG = 1_800_000;

function endless(played: Played): Violation[] {
  const { log, view, round, caller, plan } = played;
  const { ended } = view;
  if (!ended) return [{ code: 'CALL_NOT_OVER', at: last(played), says: 'The call never ends.', expect: { status: 'completed' } }];
  if (ended.by === 'loop') {
    const says = `${ended.nodes.join(' > ')} go round without the caller hearing anything.`;
    const [at = ''] = ended.nodes.toSorted();
    return [{ code: 'ENDLESS_LOOP', at, says, expect: IN_THE_END }];
  }
  const limit = ended.by === 'time-limit' && (view.facts?.timeLimit ?? 0) >= LONG;
  if (round === undefined && !limit) return [];
  const way = roundOf(played);
  const at = (way.find(({ node }) => appletFor(node).takesKeys) ?? way[0])?.node.id ?? last(played);
  const names = way.map(({ node }) => `"${node.id}"`).join(', ');
  if (caller.last !== 'keeps pressing' || played.pressed.length === 0) {
    const says = `A caller who stays silent is kept for ever: ${names} come round again and again.`;
    return [{ code: 'ENDLESS_SILENCE', at, says, expect: IN_THE_END }];
  }
  if (round === undefined || keysLeadOut(plan.flows, log, way)) return [];
  const says = `No key leads out of ${names}: whatever is pressed, the caller comes back.`;
  return [{ code: 'ENDLESS_KEYS', at, says, expect: IN_THE_END }];
}

const last = ({ view }: Played): string => view.visited.at(-1)?.node ?? '';

/** The applets of the later half of a call that goes round, in the order of their files. */
function roundOf({ view, plan }: Played): Spot[] {
  const late = new Set(view.visited.slice(Math.floor(view.visited.length / 2)).map(({ flow, node }) => `${flow} ${node}`));
  return [...plan.flows.flows.values()].flatMap((flow) =>
    [...flow.nodes.values()].flatMap((node) => (late.has(`${flow.name} ${node.id}`) ? [{ flow, node }] : [])),
  );
}

/** What press9 itself promises of every call: each key has its disposition, and the log is the whole truth. */
function unaccounted({ log, plan, view }: Played): Violation[] {
  const lost = log.findIndex(({ e }, i) => {
    if (e.type !== 'input' || e.input.type !== 'digit') return false;
    const { digit } = e.input;
    const rest = log.slice(i + 1);
    const until = rest.findIndex((one) => isStimulus(one.e));
    const own = until < 0 ? rest : rest.slice(0, until);
    return !own.some((one) => one.e.type === 'key' && one.e.digit === digit);
  });
  const node = view.visited.at(-1)?.node ?? '';
  const again = replay(plan, log);
  return [
    ...(lost < 0 ? [] : [bug('KEY_LOST', node, 'A key was pressed, and the log does not say what became of it.')]),
    ...(again.same
      ? []
      : [bug('LOG_DOES_NOT_REPLAY', node, `The log does not replay: event ${again.difference.index + 1} differs.`)]),
  ];
}

const isStimulus = (e: CallEvent): boolean => e.type === 'timer.fired' || (e.type === 'input' && !isOwnInput(e.input));

const bug = (code: ViolationCode, at: string, says: string): Violation => ({
  code,
  at,
  says: `${says} This is a bug in press9, please report it.`,
  expect: { status: 'completed' },
});

import fc from 'fast-check';
import { transcript } from '../call/transcript.ts';
import type { FlowSet } from '../flow/model.ts';
import { arbitraryCaller, type Caller, type Move, ruleFor, sayCaller, stepsOf } from './monkey-caller.ts';
import { type Played, playCaller, type Stage } from './monkey-play.ts';
import { violationsOf } from './monkey-rules.ts';
import { simplify } from './monkey-simplify.ts';
import type { Violation } from './monkey-violation.ts';
import { writeScenario } from './record.ts';

/** A violation with the shortest call that shows it. */
export type Finding = Violation & {
  /** What the caller does, in a line. */
  caller: string;
  transcript: readonly string[];
  /** The text of a scenario that fails as long as it is there. */
  scenario: string;
};

export type MonkeyOptions = {
  /** How many callers. */
  callers: number;
  /** The same callers again with the same number. */
  seed: number;
};

/** More would be the same mistake told again and again. */
const MOST_FINDINGS = 10;

/** Lets random callers call, and tells what went wrong, each with the shortest call that shows it. */
export async function searchFlow(set: FlowSet, stage: Stage, { callers, seed }: MonkeyOptions): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const known = new Set<string>();
  while (findings.length < MOST_FINDINGS) {
    const found = await searchOne(set, stage, { callers, seed }, known);
    if (!found) break;
    known.add(nameOf(found.violation));
    findings.push(await tell(stage, found));
  }
  return findings;
}

const nameOf = ({ code, at }: Violation): string => `${code} ${at}`;

type Found = { violation: Violation; played: Played };

/** The first violation that is not known yet, with the simplest caller who meets it. */
async function searchOne(set: FlowSet, stage: Stage, options: MonkeyOptions, known: ReadonlySet<string>) {
  let wanted: string | undefined;
  const meet = async (caller: Caller): Promise<Found | undefined> => {
    const played = await playCaller(stage, caller);
    const violation = violationsOf(played).find((one) => {
      const name = nameOf(one);
      return !known.has(name) && (wanted === undefined || wanted === name);
    });
    return violation && { violation, played };
  };
  const property = fc.asyncProperty(arbitraryCaller(set), async (caller) => {
    const found = await meet(caller);
    if (found) wanted ??= nameOf(found.violation);
    return !found;
  });
  const result = await fc.check(property, { seed: options.seed, numRuns: options.callers });
  const [simplest] = result.counterexample ?? [];
  const found = simplest && (await meet(simplest));
  return found && simplify(found, meet);
}

async function tell(stage: Stage, { violation, played }: Found): Promise<Finding> {
  const { caller, played: shown } = violation.code === 'ENDLESS_KEYS' ? await asCycle(stage, played) : trimmed(played);
  const { view } = shown;
  return {
    ...violation,
    caller: sayCaller(caller),
    transcript: transcript(view),
    scenario: scenarioOf(stage, violation, caller, shown),
  };
}

/** Without the steps that the call left no time for. */
function trimmed(played: Played): { caller: Caller; played: Played } {
  const moves = played.caller.moves.slice(0, played.done);
  return { caller: { ...played.caller, moves }, played };
}

/** The keys of an endless round as one that a scenario can keep pressing: the fewest that go round for ever. */
async function asCycle(stage: Stage, played: Played): Promise<{ caller: Caller; played: Played }> {
  const keys = played.pressed.map(({ digit }) => digit);
  const moves = played.caller.moves.slice(0, played.done);
  const period = periodOf(played.pressed.map(({ digit, node }) => `${digit} ${node}`));
  const first = keys.length % period;
  const before = keys.slice(0, first).map((press): Move => ({ press }));
  const cycle: Move = { 'keep pressing': keys.slice(first, first + period).join('') };
  for (const start of [[], moves, [...moves, ...before]]) {
    const caller: Caller = { ...played.caller, moves: [...start, cycle], last: 'stays silent' };
    const again = await playCaller(stage, caller);
    if (again.round !== undefined) return { caller, played: again };
  }
  const all: Move = { 'keep pressing': keys.join('') };
  return { caller: { ...played.caller, moves: [...moves, all], last: 'stays silent' }, played };
}

/** After how many items a list repeats itself, seen from its end. */
function periodOf(items: readonly string[]): number {
  for (let period = 1; period * 3 <= items.length; period++) {
    const tail = items.slice(-3 * period);
    if (tail.every((item, i) => item === tail[i % period])) return period;
  }
  return Math.max(1, items.length);
}

function scenarioOf(stage: Stage, { code, says, expect }: Violation, caller: Caller, { view }: Played): string {
  const { flow, contact } = stage;
  const agents = view.legs.some(({ leg }) => leg > 1) && { agents: caller.agents };
  const http = view.requests.length > 0 && { http: [ruleFor(caller)] };
  const store = caller.store === 'failing' && view.optOuts.length > 0 && { store: caller.store };
  const world = { ...agents, ...store, ...http };
  const call = { ...(contact !== undefined && { contact }), ...(code.startsWith('ENDLESS') && { timeLimit: '10m' }) };
  return writeScenario({
    comment: ` ${code}, found by press9 test --monkey. This fails until it is mended.\n ${says}`,
    ...(flow !== undefined && { flow }),
    ...(Object.keys(call).length > 0 && { call }),
    ...(Object.keys(world).length > 0 && { world }),
    steps: stepsOf(caller).map((step) => ({ step })),
    expect,
  });
}

import { type Difference, differences } from '../call/compare.ts';
import { momentsOf } from '../call/moments.ts';
import { replay } from '../call/replay.ts';
import type { CallFacts, Logged } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import { maskText } from '../core/phone.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { FlowSet } from '../flow/model.ts';
import { nearest } from '../scenario/nearest.ts';
import { actsOf, stepsOf } from '../scenario/record-steps.ts';
import { type Act, type Story, tellStory } from '../scenario/record-story.ts';
import { type Step, step } from '../scenario/schema.ts';
import type { PhoneCall, Reread } from '../tui/session.ts';
import { type Before, type Rerun, type RerunWorld, rerun } from './phone-rerun.ts';

/** What other flows mean for the caller of a call. Nothing is written, posted or asked of a server. */
export async function rereadCall(
  { call, flows: was, clock }: Pick<PhoneCall, 'call' | 'flows' | 'clock'>,
  flows: FlowSet,
  world: RerunWorld,
): Promise<Extract<Reread, { type: 'same' | 'changed' }>> {
  const log = [...call.log];
  const now = clock.now();
  if (replay({ flows, dialect: exotelDialect }, log).same) return { type: 'same', flows };
  const story = storyOf(log, was);
  const { again, steps } = await sameCaller({ story, now, facts: factsOn(call.facts, was, flows), flows }, world);
  const end = cutAt(story, storyOf(again.log, flows), now);
  const { asked } = again;
  if (asked && end.log.length > asked.index) return { type: 'changed', flows, ...waiting(log, again, asked) };
  return { type: 'changed', flows, ...end, differences: [...differences(log, end.log), ...unpressed(again, steps)] };
}

function storyOf(log: readonly Logged[], set: FlowSet): Story {
  const story = tellStory(log, set);
  return { ...story, acts: actsOf(story) };
}

/** The facts of a call, with what they owe to its flow. */
function factsOn(facts: CallFacts, was: FlowSet, now: FlowSet): CallFacts {
  const [before, after] = [was.flows.get(was.root), now.flows.get(now.root)];
  if (!after) return facts;
  const own = facts.timeLimit === before?.timeLimit;
  const timeLimit = own ? after.timeLimit : ms(Math.min(facts.timeLimit, after.timeLimit));
  return { ...facts, class: after.class, flow: after.name, timeLimit };
}

/** Steps that lead up to something the caller did, and that. */
type Deed = { approach: readonly Step[]; does: Step; acts: readonly Act[]; plain: boolean };

/**
 * The caller does again what they did, as a recorded scenario does: they press when they are listened to, once they have
 * heard what they had heard. Where that never comes, as when its words were changed, they press when as much time has passed.
 */
async function sameCaller(before: Before, world: RerunWorld): Promise<{ again: Rerun; steps: readonly Step[] }> {
  const { story } = before;
  let deeds = deedsOf(
    stepsOf(story).map((written) => step.parse(written.step)),
    story,
  );
  for (;;) {
    const steps = deeds.flatMap(({ approach, does }) => [...approach, does]);
    const again = await rerun(before, world, steps);
    const stuck = deedAt(deeds, again.at);
    if (stuck < 0 || deeds[stuck]?.plain !== false) return { again, steps };
    deeds = deeds.with(stuck, plainDeed(deeds, stuck, story));
  }
}

const keysOf = (one: Step): readonly string[] => (one.type === 'press' || one.type === 'barge' ? one.digits : []);

function deedsOf(steps: readonly Step[], { acts }: Story): readonly Deed[] {
  const deeds: Deed[] = [];
  let approach: Step[] = [];
  let done = 0;
  for (const one of steps) {
    const count = one.type === 'hang up' ? 1 : keysOf(one).length;
    if (count === 0) approach.push(one);
    else {
      deeds.push({ approach, does: one, acts: acts.slice(done, done + count), plain: false });
      approach = [];
      done += count;
    }
  }
  return deeds;
}

function deedAt(deeds: readonly Deed[], at: number): number {
  let steps = 0;
  return deeds.findIndex(({ approach }) => {
    steps += approach.length + 1;
    return at < steps;
  });
}

/** The same, done at its time after what was done before. */
function plainDeed(deeds: readonly Deed[], i: number, { view }: Story): Deed {
  const { does, acts } = deeds[i] as Deed;
  const since = deeds[i - 1]?.acts.at(-1)?.at ?? view.answeredAt ?? view.startedAt;
  const wait = ms(Math.max(0, (acts[0]?.at ?? since) - since));
  return {
    approach: [{ type: 'wait', for: wait }],
    does: does.type === 'press' ? { type: 'barge', digits: does.digits } : does,
    acts,
    plain: true,
  };
}

/** The point of the new call at which the old one stands: all of it when that is over. */
function cutAt(was: Story, now: Story, present: Ms): { log: readonly Logged[]; at: Ms } {
  const whole = { log: now.log, at: now.log.at(-1)?.at ?? present };
  if (was.view.endedAt !== undefined) return whole;
  const done = now.acts.length;
  if (done < was.acts.length) return whole;
  const at = ms(lastAct(now) + present - lastAct(was));
  if (now.view.endedAt !== undefined && now.view.endedAt <= at) return whole;
  return { log: now.log.filter((logged) => logged.at <= at), at };
}

const lastAct = ({ acts, view }: Story): Ms => acts.at(-1)?.at ?? view.answeredAt ?? view.startedAt;

/** Up to a request that was never made before: nobody knows what its server would have said. */
function waiting(was: readonly Logged[], { log: all }: Rerun, { index, request }: NonNullable<Rerun['asked']>) {
  const log = all.slice(
    0,
    momentsOf(all).find((count) => count > index),
  );
  const at = log.at(-1)?.at ?? ms(0);
  const address = `${request.method} ${maskText(request.url.replace(/[?#].*$/s, ''))}`;
  const now = `${address} is asked, which no answer is known of: the call waits for one`;
  // The last line is the request itself.
  const found = differences(was, log);
  return { log, at, differences: [...found.slice(0, -1), { at, ...found.at(-1), now }] };
}

/** Keys that could not be pressed any more. */
function unpressed({ view, at }: Rerun, steps: readonly Step[]): readonly Difference[] {
  const one = steps[at];
  const keys = steps.slice(at).flatMap(keysOf);
  if (!one || keys.length === 0) return [];
  const which = keys.length === 1 ? `key ${keys[0]} was` : `keys ${keys.join(', ')} were`;
  return [{ at: view.endedAt ?? view.startedAt, now: `${which} never pressed: ${nearest(one, view)}` }];
}

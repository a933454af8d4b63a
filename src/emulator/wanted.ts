import type { CallRecord } from '../core/call-record.ts';
import type { CallFacts } from '../core/event.ts';
import type { Contact } from '../core/facts.ts';
import { type CallId, type E164, type Ms, ms } from '../core/ids.ts';
import { BrokenInvariant } from '../core/problem.ts';
import type { Flow, FlowSet } from '../flow/model.ts';

/** A call that somebody asked for, understood and checked. */
export type Wanted = {
  direction: 'outbound' | 'inbound';
  /** The customer of a call to a flow; else who is called first. */
  from: string;
  exophone: E164;
  set: FlowSet;
  /** The file of the flow. */
  path: string;
  /** The second number of a call between two. */
  to?: string;
  variables?: Readonly<Record<string, string>>;
  ringFor?: Ms;
  timeLimit?: Ms;
  customField?: string;
  wish?: CallRecord['wish'];
  /** The whole call is recorded, whatever the flow does. */
  record?: boolean;
  /** It cannot be placed, whoever is called. */
  fails?: boolean;
};

const USUAL_RING = ms(30_000);

function flowOf(set: FlowSet): Flow {
  const flow = set.flows.get(set.root);
  if (!flow) throw new BrokenInvariant(`A flow set has no flow ${set.root}.`);
  return flow;
}

/** Of two numbers both are called, and asked about; a sip: address is nobody's phone. */
export function secondContact({ to, exophone, set, direction }: Wanted): Contact | undefined {
  if (to === undefined || direction === 'inbound' || to.startsWith('sip:')) return undefined;
  return { number: to as E164, channel: 'voice', class: flowOf(set).class, exophone, mode: 'VOICE' };
}

export function factsOf(wanted: Wanted, call: CallId): CallFacts {
  const { set, direction, exophone, path, to, timeLimit, ringFor, customField } = wanted;
  const flow = flowOf(set);
  return {
    call,
    direction,
    customer: wanted.from as E164,
    exophone,
    asked: to === undefined ? 'flow' : 'two-numbers',
    class: flow.class,
    flow: flow.name,
    file: path,
    contact: {},
    variables: wanted.variables ?? {},
    ...(customField !== undefined && { customField }),
    ringFor: ringFor ?? USUAL_RING,
    timeLimit: timeLimit === undefined ? flow.timeLimit : ms(Math.min(timeLimit, flow.timeLimit)),
    seed: 0,
  };
}

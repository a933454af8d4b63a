import type { CallFacts } from '../core/event.ts';
import { type E164, e164, type Ms } from '../core/ids.ts';
import { normalise } from '../core/phone.ts';
import type { Ids } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import type { FlowSet } from '../flow/model.ts';
import type { ContactRow } from './contact-row.ts';
import type { RunOptions } from './run-options.ts';

/** Stand in when nobody is named: a number nobody has, and the ExoPhone of the examples. */
const SOMEBODY = e164('+919876543210');
export const EXOPHONE = e164('+918047112345');

function number(text: string, option: string, country: string): E164 {
  const normal = normalise(text, country);
  if (normal.ok) return normal.number;
  throw new UserError(`${option}: "${text}" is no phone number: ${normal.why}.`, {
    advice: 'For example 9876543210 or +919876543210.',
  });
}

/** What is known of the call before it begins. */
export function callFacts(
  set: FlowSet,
  file: string,
  options: RunOptions,
  contact: ContactRow | undefined,
  ids: Ids,
  at: Ms,
): CallFacts {
  const flow = set.flows.get(set.root);
  if (!flow) throw new Error(`no flow ${set.root}`);
  const { country, inbound = false } = options;
  const customer = options.to ?? (inbound ? options.from : undefined) ?? contact?.phone;
  const shown = options.exophone ?? (inbound ? undefined : options.from);
  const named = (text: string | undefined, option: string, otherwise: E164) =>
    text === undefined ? otherwise : number(text, option, country);
  return {
    call: ids.call(at),
    direction: inbound ? 'inbound' : 'outbound',
    customer: named(customer, options.to === undefined && !inbound ? '--contact' : inbound ? '--from' : '--to', SOMEBODY),
    exophone: named(shown, options.exophone === undefined ? '--from' : '--exophone', options.exophones?.[0] ?? EXOPHONE),
    asked: 'flow',
    class: flow.class,
    flow: flow.name,
    file,
    contact: contact?.fields ?? {},
    variables: options.set,
    ...(options.customField !== undefined && { customField: options.customField }),
    ...(options.campaign !== undefined && { campaign: options.campaign }),
    ringFor: options.ringFor,
    timeLimit: options.timeLimit === undefined ? flow.timeLimit : (Math.min(options.timeLimit, flow.timeLimit) as Ms),
    seed: options.seed ?? 0,
  };
}

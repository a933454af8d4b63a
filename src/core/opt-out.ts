import type { CallCommand } from './command.ts';
import type { CallFacts } from './event.ts';
import type { NewFact } from './facts.ts';
import type { Ms } from './ids.ts';
import type { Post } from './ports.ts';
import { isoIst } from './time.ts';

type OptOut = Extract<CallCommand, { type: 'optOut' }>;

/** What the store keeps of an opt-out made in a call. */
export function optOutFact(facts: CallFacts, { node, scope, key }: OptOut, at: Ms): NewFact {
  return {
    kind: 'opt-out',
    number: facts.customer,
    scope,
    source: 'key-press',
    at,
    actor: 'caller',
    call: facts.call,
    flow: facts.flow,
    node,
    ...(key && { key }),
    ...(facts.campaign && { campaign: facts.campaign }),
  };
}

/** The webhook that tells the user's server. The form is press9's own: Exotel has no such webhook. */
export function optOutPost(facts: CallFacts, command: OptOut, at: Ms): Post | undefined {
  if (command.url === undefined) return undefined;
  const body = {
    event: 'opt-out',
    number: facts.customer,
    scope: command.scope,
    ...(command.key && { key: command.key }),
    callSid: facts.call,
    flow: facts.flow,
    ...(facts.campaign && { campaign: facts.campaign }),
    at: isoIst(at),
  };
  return {
    id: `${facts.call}-optout-${command.id}`,
    what: 'webhook',
    url: command.url,
    contentType: 'application/json',
    body: JSON.stringify(body),
    call: facts.call,
  };
}

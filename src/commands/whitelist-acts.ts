import { accountAt, inboundFact, missedCallFact, standingAt, whitelistFact } from '../compliance/whitelist-books.ts';
import { type NewFact, WHOLE_ACCOUNT } from '../core/facts.ts';
import type { E164 } from '../core/ids.ts';
import { maskNumber } from '../core/phone.ts';
import { UserError } from '../core/problem.ts';
import { printJson, readNumber, readSubject, recordSurely, trimmed } from './dnc-list.ts';
import type { Io } from './io.ts';
import { type Desk, withDesk } from './whitelist-desk.ts';
import type {
  AccountOptions,
  AgentOptions,
  DeskOptions,
  InboundOptions,
  MissedCallOptions,
  ResetOptions,
  UnblockOptions,
} from './whitelist-options.ts';
import { accountJson, accountText, factJson, standingJson, standingText } from './whitelist-show.ts';

/** `press9 whitelist status` */
export async function status(io: Io, text: string, options: DeskOptions): Promise<void> {
  const number = readNumber(text, options);
  await withDesk(io, options, async (desk) => {
    const stood = await standingAt(desk, number);
    if (options.json) printJson(io, standingJson(stood));
    else io.out(standingText(stood));
  });
}

/** `press9 whitelist missed-call` */
export async function missedCall(io: Io, text: string, options: MissedCallOptions): Promise<void> {
  const number = readNumber(text, options);
  const exophone = readLine(options);
  await withDesk(io, options, async (desk) => {
    const { at, store } = desk;
    const line = { ...exophone, ...(options.answered && { answered: true }) };
    const [fact] = await recordSurely(store, missedCallFact(number, at, line));
    const stood = await standingAt(desk, number);
    const { mode, flippedAt } = await accountAt(desk, exophone?.exophone);
    if (options.json) return printJson(io, { standing: standingJson(stood), mode, fact: fact && factJson(fact) });
    io.out(standingText(stood));
    if (flippedAt === at) io.out('From now on whoever is added is asked to subscribe: too many people have unsubscribed.\n');
  });
}

/** `press9 whitelist inbound` */
export async function inbound(io: Io, text: string, options: InboundOptions): Promise<void> {
  const number = readNumber(text, options);
  const exophone = readLine(options);
  await withDesk(io, options, async (desk) => {
    const channel = options.sms ? 'sms' : 'voice';
    await tell(io, desk, number, inboundFact(number, desk.at, { channel, ...exophone }), options);
  });
}

/** `press9 whitelist unblock` */
export async function unblock(io: Io, text: string, options: UnblockOptions): Promise<void> {
  const number = readNumber(text, options);
  const { evidence, reason } = trimmed(options);
  if (!evidence) throw new UserError('--evidence is empty: what proves that the person wants to be called again?');
  await withDesk(io, options, async (desk) => {
    const { standing } = await standingAt(desk, number);
    if (standing.status !== 'blacklist') throw new UserError(`${maskNumber(number)} is not on the blacklist.`, { exitCode: 1 });
    const fact = whitelistFact(number, { event: 'unblock' }, desk);
    await tell(io, desk, number, { ...fact, evidence, ...(reason && { reason }) }, options);
  });
}

/** `press9 whitelist agent` */
export async function agent(io: Io, text: string, options: AgentOptions): Promise<void> {
  const subject = readSubject(text, options);
  await withDesk(io, options, async (desk) => {
    const event = options.gone ? 'agent-removed' : 'agent-added';
    const [fact] = await desk.store.facts.record([whitelistFact(subject, { event }, desk)]);
    if (options.json) printJson(io, { number: subject, fact: fact && factJson(fact) });
    else io.out(`${subject} ${options.gone ? 'is no agent of the company any more' : 'is an agent of the company'}.\n`);
  });
}

/** `press9 whitelist account` */
export async function account(io: Io, options: AccountOptions): Promise<void> {
  const line = readLine(options);
  await withDesk(io, options, async (desk) => {
    const story = await accountAt(desk, line?.exophone);
    if (options.json) printJson(io, accountJson(story, desk.switches));
    else io.out(accountText(story, desk.switches));
  });
}

/** `press9 whitelist reset`. The reset is a fact about the whole account, so that every store keeps and audits it. */
export async function reset(io: Io, options: ResetOptions): Promise<void> {
  const { note } = trimmed(options);
  if (!note) throw new UserError('--note is empty: why is the account set back, and with whom was it agreed?');
  await withDesk(io, options, async (desk) => {
    if (!desk.switches.resettable)
      throw new UserError('The account cannot be set back: the switch resettable is off.', { exitCode: 1 });
    const fact: NewFact = { ...whitelistFact(WHOLE_ACCOUNT, { event: 'reset' }, desk), reason: note };
    const [recorded] = await desk.store.facts.record([fact]);
    const { mode } = await accountAt(desk);
    if (options.json) printJson(io, { mode, fact: recorded && factJson(recorded) });
    else io.out('The account adds people on their silence again, and counts from nothing.\n');
  });
}

async function tell(io: Io, desk: Desk, number: E164, fact: NewFact, options: DeskOptions): Promise<void> {
  const [recorded] = await desk.store.facts.record([fact]);
  const stood = await standingAt(desk, number);
  if (options.json) printJson(io, { standing: standingJson(stood), fact: recorded && factJson(recorded) });
  else io.out(standingText(stood));
}

const readLine = (options: DeskOptions & { exophone?: string }): { exophone: E164 } | undefined =>
  options.exophone === undefined ? undefined : { exophone: readNumber(options.exophone, options) };

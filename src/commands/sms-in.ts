import { Command, Option } from 'commander';
import { type Keyword, recogniseKeyword } from '../compliance/keywords.ts';
import { tellScope } from '../compliance/tell.ts';
import type { Fact, FactSource, NewFact } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { inForce } from '../core/in-force.ts';
import { UserError } from '../core/problem.ts';
import { type DncOptions, printJson, readNumber, recordSurely, withList } from './dnc-list.ts';
import { factJson } from './dnc-show.ts';
import { listOptions } from './fact-options.ts';
import type { Io } from './io.ts';
import { readInstant } from './may-contact.ts';
import { withSettings } from './settings.ts';

const HELP = `
A general feature, for whoever takes SMS with another gateway: Exotel takes none. A word counts when it is the whole text, in any
case: STOP, UNSUBSCRIBE and their like put the number on the list, START and its like lift what the person did themselves: not
what the company, a file or a complaint put there. Any other text that is not a wish to be left alone is an inbound contact,
which whitelists.
With --json: {"number", "heard": stop, start, help, review or null, "facts": [FACT that was recorded], "lifted": [id], "left": [id]}.
Exit codes: 0 done; 1 not done; 2 usage.`;

/** What START takes back. */
const THEIR_OWN: readonly FactSource[] = ['key-press', 'sms-stop', 'missed-call'];

type SmsInOptions = DncOptions & { at?: Ms; exophone?: string; scope: 'all' | 'sms'; anyWish?: boolean };

/** `press9 sms-in`: what somebody wrote to us. */
export function smsInCommand(io: Io): Command {
  return withSettings(listOptions(new Command('sms-in')), io)
    .name('press9 sms-in')
    .description('An SMS came in. STOP and its sister words add the number to the do-not-call list, START takes it off.')
    .argument('<number>', 'who wrote')
    .argument('<text>', 'the whole text')
    .option('--exophone <number>', 'the line they wrote to')
    .addOption(new Option('--scope <what>', 'what STOP stops').choices(['all', 'sms']).default('all'))
    .option('--any-wish', 'any clear wish to be left alone is a STOP, as in the United States')
    .option('--at <instant>', 'when it came in (default: now)', readInstant)
    .addHelpText('after', HELP)
    .action((number: string, text: string, options: SmsInOptions) => hear(io, number, text, options));
}

/** What is done about an SMS. */
type Heard = { facts: readonly NewFact[]; says: string; lifted?: readonly Fact[]; left?: readonly Fact[] };

async function hear(io: Io, given: string, text: string, options: SmsInOptions): Promise<void> {
  const number = readNumber(given, options);
  if (text.trim() === '') throw new UserError('The text is empty.');
  const exophone = options.exophone === undefined ? undefined : readNumber(options.exophone, options);
  const keyword = recogniseKeyword(text, { anyWish: options.anyWish === true });
  await withList(io, options, async ({ store, now }) => {
    const base = { number, source: 'call', actor: 'caller', at: options.at ?? now() } as const;
    const inbound: NewFact = { ...base, kind: 'inbound', scope: 'sms', channel: 'sms', ...(exophone && { exophone }) };
    const {
      facts,
      says,
      lifted = [],
      left = [],
    } = await meaning(keyword, base, inbound, options, () => standing(store.facts, number));
    const [first, ...rest] = facts;
    const recorded =
      first?.kind === 'opt-out' ? await recordSurely(store, first) : await store.facts.record(first ? [first, ...rest] : []);
    if (options.json) {
      const ids = (of: readonly Fact[]) => of.map(({ id }) => id);
      const json = recorded.map((fact) => factJson(fact, fact.kind === 'opt-out'));
      printJson(io, { number, heard: keyword ?? null, facts: json, lifted: ids(lifted), left: ids(left) });
    } else io.out(`${number}: ${says}\n`);
    if (keyword === 'review') io.err('warning: this may mean stop: somebody should read it.\n');
  });
}

const standing = async (facts: { about(number: E164): Promise<readonly Fact[]> }, number: E164): Promise<readonly Fact[]> =>
  inForce(await facts.about(number), { number });

type Base = Pick<NewFact, 'number' | 'actor' | 'at'>;

async function meaning(
  keyword: Keyword | undefined,
  base: Base,
  inbound: NewFact,
  { scope }: SmsInOptions,
  listed: () => Promise<readonly Fact[]>,
): Promise<Heard> {
  switch (keyword) {
    case 'stop': {
      const fact = { ...base, kind: 'opt-out', scope, source: 'sms-stop' } as const;
      const before = (await listed()).find(
        (one) => THEIR_OWN.includes(one.source) && (one.scope === 'all' || one.scope === scope),
      );
      if (before) return { facts: [], says: `it is on the list already, for ${tellScope(before)}.` };
      return { facts: [fact], says: `it is on the list now, for ${tellScope(fact)}.` };
    }
    case 'start':
      return reopened(base, inbound, await listed());
    case 'help':
      return { facts: [inbound], says: 'it asks for help; the list is as it was.' };
    case 'review':
      return { facts: [], says: 'nothing was recorded.' };
    case undefined:
      return { facts: [inbound], says: 'an inbound contact, which whitelists it.' };
  }
}

function reopened(base: Base, inbound: NewFact, listed: readonly Fact[]): Heard {
  const lifted = listed.filter(({ source, number }) => number === base.number && THEIR_OWN.includes(source));
  const left = listed.filter((one) => !lifted.includes(one));
  const still = left.length > 0 ? ` Still listed, for it did not do that itself: ${left.map(tellScope).join(', ')}.` : '';
  const [first] = lifted;
  const fact: NewFact = {
    ...base,
    kind: 'opt-in',
    scope: first && lifted.every((one) => one.scope === first.scope) ? first.scope : 'all',
    source: 'sms-start',
    evidence: 'the person wrote START',
    ...(first && { supersedes: lifted.map(({ id }) => id) }),
  };
  const says = first ? 'it is off the list again.' : 'there is nothing of its own to lift.';
  return { facts: [fact, inbound], says: `${says}${still}`, lifted, left };
}

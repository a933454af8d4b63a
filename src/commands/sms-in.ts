import { Command, Option } from 'commander';
import { hearSms } from '../compliance/sms-in.ts';
import type { Fact } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
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

async function hear(io: Io, given: string, text: string, options: SmsInOptions): Promise<void> {
  const number = readNumber(given, options);
  if (text.trim() === '') throw new UserError('The text is empty.');
  const exophone = options.exophone === undefined ? undefined : readNumber(options.exophone, options);
  await withList(io, options, async ({ store, now }) => {
    const sms = { number, text, at: options.at ?? now(), ...(exophone && { exophone }) };
    const { keyword, facts, says, lifted, left } = await hearSms(store.facts, sms, options);
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

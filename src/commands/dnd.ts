import { Command, InvalidArgumentError } from 'commander';
import { BANDS } from '../compliance/bands.ts';
import { knownOf } from '../compliance/known.ts';
import { NO_PREFERENCE, parsePreference } from '../compliance/preference.ts';
import { type Registration, registrationOf } from '../compliance/registration.ts';
import { tellSince } from '../compliance/tell.ts';
import { tellPreference } from '../compliance/tell-preference.ts';
import type { Band, DayType, Fact, Mode, NewFact, Preference } from '../core/facts.ts';
import { parseDays } from '../core/hours.ts';
import type { E164, Ms } from '../core/ids.ts';
import { UserError } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import { isoIst } from '../core/time.ts';
import { type DncOptions, printJson, readNumber, trimmed, withList } from './dnc-list.ts';
import { type FactOptions, factOptions, listOptions } from './fact-options.ts';
import type { Io } from './io.ts';
import { MODES } from './may-contact.ts';
import { type Settings, settingsOf, withSettings } from './settings.ts';

const HELP = `
COMMAND is what people send to 1909: "FULLY BLOCK", "START 0", "BLOCK PROMO", "BLOCK 1,4", "UNBLOCK ALL", "UNBLOCK 91" or "*1909*0#".
To block adds to what was registered before. press9 asks no register: this is what is known of it here.
With --json: {"number", "preference": {"block", "categories", "modes", "days", "bandsOff", "bandsOn"} or null, "since", "fact"}.
Exit codes: 0 done; 1 not done; 2 usage.`;

type SetOptions = FactOptions & {
  modes?: readonly Mode[];
  days?: readonly DayType[];
  bandsOff?: readonly Band[];
  bandsOn?: readonly Band[];
};

/** `press9 dnd`: what people registered in the preference register, by hand. */
export function dndCommand(io: Io): Command {
  const dnd = new Command('press9 dnd')
    .description('the preference register (DND): what a person registered')
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .exitOverride()
    .addHelpText('after', HELP);
  withSettings(dnd, io);

  factOptions(dnd.command('set'))
    .description('a person registered, or changed what they had registered')
    .argument('<number>')
    .argument('[command]', 'as it is sent to 1909')
    .option('--modes <modes>', `not wanted, with commas: ${MODES.join(', ')}`, listOf(MODES))
    .option('--days <days>', 'not wanted: sat,sun,holiday', readDays)
    .option('--bands-off <bands>', 'parts of the day, i to ix, switched off', listOf(Object.keys(BANDS) as Band[]))
    .option('--bands-on <bands>', 'switched on', listOf(Object.keys(BANDS) as Band[]))
    .action((number: string, words: string | undefined, options: SetOptions, command: Command) =>
      set(io, number, words, trimmed(options), settingsOf(command)),
    );

  listOptions(dnd.command('show'))
    .description('what is known of a number')
    .argument('<number>')
    .action((number: string, options: DncOptions) => show(io, number, options));

  return dnd;
}

async function set(io: Io, text: string, words: string | undefined, options: SetOptions, { values }: Settings): Promise<void> {
  const number = readNumber(text, options);
  const { startMeans = 'block' } = values;
  const { modes, days, bandsOff, bandsOn, evidence, reason = words?.trim() } = options;
  const fields = { ...(modes && { modes }), ...(days && { days }), ...(bandsOff && { bandsOff }), ...(bandsOn && { bandsOn }) };
  if (words === undefined && Object.keys(fields).length === 0)
    throw new UserError('What did they register?', { advice: 'For example: press9 dnd set 9876543210 "BLOCK 1,4".' });
  await withList(io, options, async ({ store, now, actor }) => {
    const at = options.at ?? now();
    const before = (await store.facts.about(number)).filter((fact) => fact.at <= at);
    const current = registeredAs(number, before, at)?.preference ?? NO_PREFERENCE;
    const preference: Preference = { ...(words === undefined ? current : parsed(words, current, startMeans)), ...fields };
    const fact: NewFact = { kind: 'listing', number, scope: 'all', source: 'registry', at, actor, preference };
    const [recorded] = await store.facts.record([{ ...fact, ...(reason && { reason }), ...(evidence && { evidence }) }]);
    if (options.json) printJson(io, { number, preference, since: isoIst(at), fact: recorded?.id });
    else io.out(`${number}: ${tellPreference(preference)}.\n`);
  });
}

function parsed(words: string, current: Preference, startMeans: 'block' | 'allow-only'): Preference {
  const read = parsePreference(words, { current, startMeans });
  if (read.ok) return read.preference;
  throw new UserError(`"${words}" is no command of the register: ${read.why}.`);
}

async function show(io: Io, text: string, options: DncOptions): Promise<void> {
  const number = readNumber(text, options);
  await withList(io, options, async ({ store, now }) => {
    const found = registeredAs(number, await store.facts.about(number), now());
    if (options.json) {
      const [fact] = found?.facts ?? [];
      printJson(io, { number, preference: found?.preference ?? null, ...(found && { since: isoIst(found.at), fact: fact?.id }) });
    } else
      io.out(
        found
          ? `${number}: ${tellPreference(found.preference)}, since ${sinceOf(found)}.\n`
          : `${number}: nothing is known of it.\n`,
      );
  });
}

const sinceOf = ({ facts: [fact] }: Registration): string => (fact ? tellSince(fact) : '');

const registeredAs = (number: E164, facts: readonly Fact[], at: Ms): Registration | undefined =>
  registrationOf(knownOf(facts, number), at);

const listOf =
  <T extends string>(known: readonly T[]) =>
  (text: string): readonly T[] =>
    partsOf(text).map((part) => {
      const found = known.find((one) => one.toLowerCase() === part.toLowerCase());
      if (found !== undefined) return found;
      throw new InvalidArgumentError(`"${part}" is none. ${didYouMean(part, known)}`);
    });

function readDays(text: string): readonly DayType[] {
  return partsOf(text).flatMap((part): readonly DayType[] => {
    const days = part.toLowerCase() === 'holiday' ? ['holiday' as const] : (parseDays(part) as DayType[] | undefined);
    if (days) return days;
    throw new InvalidArgumentError(`"${part}" is no day. Use mon to sun, mon-fri, holiday.`);
  });
}

const partsOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

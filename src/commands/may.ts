import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { receipt } from '../compliance/receipt.ts';
import type { E164 } from '../core/ids.ts';
import { UserError } from '../core/problem.ts';
import { isoIst } from '../core/time.ts';
import { printJson, readNumber, withList } from './dnc-list.ts';
import type { Io } from './io.ts';
import { policyOf } from './law.ts';
import { type Asking, verdictOn } from './may-ask.ts';
import { contactOf, type MayOptions, MODES, PURPOSES, readCategory, readClass, readInstant } from './may-contact.ts';
import { askFile } from './may-file.ts';
import { createTally } from './may-rows.ts';
import { profileOption } from './setting-options.ts';
import { settingsOf, withSettings } from './settings.ts';
import { verdictJson } from './verdict-json.ts';

const HELP = `
Asks and records nothing: neither the verdict nor a contact. Files hold one number a line, or are CSV; - is standard input.
With --json, standard output is one object. A REASON is {"code", "says", "rule": {"id", "source", "doubt"}, "effect", "until", "facts"}.
  one number  {"number", "at", "profile", "strict", "contact", "verdict": allow, defer or block, "ground": REASON or
               "reasons": [REASON], "warnings": [REASON], "nextAllowedAt"}
  several     {"at", "profile", "strict", "contact", "verdicts": [{"row", "number", "verdict", …}],
               "summary": {"allow", "defer", "block"}}
Exit codes: 0 all may be contacted; 2 usage; 3 one is to wait, or may not be.
docs/may.md tells the options, docs/compliance.md the rules, docs/config.md the settings.`;

/** `press9 may`: may this number be contacted, on which ground, and if not, why and from when? */
export function mayCommand(io: Io): Command {
  return withSettings(describeMay(), io).action(async (names: readonly string[], options: MayOptions, command: Command) => {
    const settings = settingsOf(command);
    const contact = await contactOf(io, options, settings.exophones);
    const [only] = names.length === 1 && !isFile(io, names[0] ?? '') ? names : [];
    const number = only === undefined ? undefined : readOne(only, options);
    await withList(io, options, async (list) => {
      const at = options.at ?? list.now();
      const asking: Asking = { io, list, contact, at, policy: await policyOf(settings, list.store, at), options };
      if (number !== undefined) await askOne(asking, number);
      else await askSeveral(asking, names);
    });
  });
}

async function askOne(asking: Asking, number: E164): Promise<void> {
  const { io, contact, at, policy, options } = asking;
  const verdict = await verdictOn(asking, number);
  if (verdict.verdict !== 'allow') io.exitCode = 3;
  if (options.json) printJson(io, { number, ...heading(asking), ...verdictJson(verdict) });
  else {
    const { violations } = options;
    const lines = receipt(verdict, { ...contact, number }, at, { policy, ...(violations !== undefined && { violations }) });
    io.out(`${lines.join('\n')}\n`);
  }
}

async function askSeveral(asking: Asking, names: readonly string[]): Promise<void> {
  const { io, options } = asking;
  const tally = createTally(io, options.json ? heading(asking) : undefined);
  for (const name of names) {
    if (isFile(io, name)) await askFile(asking, name === '-' ? '/dev/stdin' : resolve(io.cwd, name), tally);
    else {
      const number = readOne(name, options);
      tally.add({ number, verdict: await verdictOn(asking, number) });
    }
  }
  if (tally.end() > 0) io.exitCode = 3;
}

const heading = ({ at, policy, contact }: Asking): Record<string, unknown> => ({
  at: isoIst(at),
  profile: policy.profile.id,
  strict: policy.strict,
  contact: { ...contact, ...(contact.transactionAt !== undefined && { transactionAt: isoIst(contact.transactionAt) }) },
});

const isFile = ({ cwd }: Io, name: string): boolean =>
  name === '-' || statSync(resolve(cwd, name), { throwIfNoEntry: false })?.isFile() === true;

/** What looks like a name of a file and is none is told as such. */
function readOne(text: string, options: MayOptions): E164 {
  if (/[A-Za-z]\.\w+$|\//.test(text)) throw new UserError(`There is no file ${text}, and it is no phone number.`);
  return readNumber(text, options);
}

function describeMay(): Command {
  return new Command('may')
    .name('press9 may')
    .description(
      'May this number be called or written to? The verdict with its ground, or every reason with its rule and source.',
    )
    .argument('<number...>', 'numbers, or files of numbers')
    .option('--class <class>', 'of the call or message: P, SE, SI, T, G', readClass)
    .option('--flow <file>', 'the class of this flow')
    .addOption(new Option('--channel <channel>', 'a call or an SMS').choices(['voice', 'sms']).default('voice'))
    .option('--at <instant>', 'when, such as 2026-11-22T10:00, Indian time unless it has a zone (default: now)', readInstant)
    .option('--category <n>', 'of promotion: 1 banking … 8 food', readCategory)
    .option('--campaign <name>', 'the campaign it belongs to')
    .option('--exophone <number>', 'the number that is shown')
    .addOption(new Option('--purpose <what>', 'what it is for').choices(PURPOSES))
    .addOption(new Option('--mode <mode>', 'how it reaches people; a flow is ROBO, an SMS is SMS').choices(MODES))
    .option('--transaction-at <instant>', 'when the customer did what a transactional message is about', readInstant)
    .option('--text <text>', 'what is said or written, for promotional words')
    .option('--no-opt-out', 'it offers no way to stop further ones')
    .addOption(profileOption())
    .option('--strict', 'doubtful rules stop too')
    .option('--no-strict', 'doubtful rules warn')
    .option('--violations <n>', 'tell what so many violations lead to', readCount)
    .option('--column <name>', 'of a file: the column with the numbers, by its name or place')
    .option('--json', 'print one JSON object')
    .option('--store <path>', 'the store to use: a file, or memory:')
    .option('--country <code>', 'country of numbers written without +', (code) => code.toUpperCase(), 'IN')
    .addHelpText('after', HELP);
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number, 1 or more.');
}

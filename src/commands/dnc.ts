import { Command, InvalidArgumentError, Option } from 'commander';
import type { AddOptions, ListOptions, RemoveOptions } from './dnc-acts.ts';
import type { AuditOptions } from './dnc-audit.ts';
import type { CheckFileOptions } from './dnc-check-file.ts';
import type { EraseOptions } from './dnc-erase.ts';
import { addFileOptions, addFileVerbs } from './dnc-file-verbs.ts';
import type { Io } from './io.ts';
import { withSettings } from './settings.ts';

const acts = () => import('./dnc-acts.ts');

const JSON_HELP = `
With --json, standard output is one object. A FACT has id, kind (opt-out, opt-in), number, scope, source, at, recordedAt
(ISO instants, Indian time), actor and inForce, and as far as known call, flow, node, key, campaign, reason, evidence, supersedes.
  add           {"number", "added": true or false, "facts": [FACT in force]}
  remove        {"number", "lifted": [FACT], "fact": FACT}
  check         {"numbers": [{"number", "listed": true or false, "facts": [FACT in force]}]}; of a file with "row", or
                "refused": why, in place of the others, and behind it "listed", "notListed", "refused": how many
  import        {"file", "rows", "added", "alreadyThere", "duplicate", "refused", "leftOut", "recorded": how many, "report"}
  list, search  {"facts": [FACT]}, newest first
  audit         {"entries": [ENTRY], "head": {"store", "seq", "hash"}}, oldest first; with --verify
                {"whole": true or false, "entries": how many, "head", "against": [seq], "problems": [{"what", "seq", "says"}]}
  erase         {"number", "facts", "entries", "posts", "givenUp": how many, "blocked": true or false, "left": why not all}
An ENTRY's hash is the SHA-256 of the JSON array [prev, seq, at, recordedAt, actor, action, who, said, from, to, body]: instants
in milliseconds, what is missing as null, from and to of its facts, the body as a JSON text.
Exit codes: 0 done, or not listed; 1 not done, not whole (audit --verify), or rows refused (import); 2 usage; 3 listed
(check); 130 interrupted.`;

/** `press9 dnc`: the do-not-call list by hand. */
export function dncCommand(io: Io): Command {
  const dnc = new Command('press9 dnc')
    .description('the do-not-call list: who must not be called or texted')
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .exitOverride()
    .addHelpText('after', JSON_HELP);
  withSettings(dnc, io);

  const verb = (name: string, about: string) =>
    dnc
      .command(name)
      .description(about)
      .option('--json', 'print one JSON object')
      .option('--store <path>', 'the store to use: a file, or memory:')
      .option('--country <code>', 'country of numbers written without +', (code) => code.toUpperCase(), 'IN');

  verb('add', 'put a number on the list')
    .argument('<number>', 'or a prefix: +9198765* for every number that begins so')
    .option('--until <instant>', 'it ends then, such as 2026-12-31; Indian time (default: never)')
    .addOption(new Option('--scope <what>', 'what it stops (default: all)').choices(['all', 'campaign', 'voice', 'sms']))
    .option('--campaign <name>', 'the campaign it stops; means --scope campaign')
    .option('--reason <text>', 'why')
    .addOption(
      new Option('--source <who>', 'who asked for it').choices(['manual', 'agent', 'complaint', 'api']).default('manual'),
    )
    .action(async (number: string, options: AddOptions) => (await acts()).add(io, number, options));

  verb('remove', 'take a number off the list; what it did stays on record')
    .argument('<number>', 'or a prefix that is on it: +9198765*')
    .option('--reason <text>', 'why; needed when the person opted out themselves')
    .option('--evidence <text>', 'what proves it, such as a ticket; needed when the person opted out themselves')
    .action(async (number: string, options: RemoveOptions) => (await acts()).remove(io, number, options));

  addFileOptions(verb('check', 'is a number on the list, since when, and why? Exit code 3 when one is'))
    .argument('<number...>', 'or a file with numbers, which is answered row by row, as CSV')
    .option('--out <file>', 'of a file: where the answer goes (default: standard output)')
    .action(async (numbers: readonly string[], options: CheckFileOptions) => {
      const files = await import('./dnc-check-file.ts');
      const [first = ''] = numbers;
      if (numbers.length === 1 && files.namesFile(io, first, options)) await files.checkFile(io, first, options);
      else await (await acts()).check(io, numbers, options);
    });

  verb('list', 'everybody on the list, newest first')
    .option('--limit <n>', 'no more than these', count)
    .option('--history', 'everything on record: also what was lifted or ended, leave, the register, the whitelist, contacts')
    .action(async (options: ListOptions) => (await acts()).list(io, options));

  verb('search', 'everything on record, lifted or not, that holds a text in number, reason, evidence, flow or call')
    .argument('<text>')
    .option('--limit <n>', 'no more than these', count)
    .action(async (text: string, options: ListOptions) => (await acts()).search(io, text, options));

  addFileVerbs(verb, io);

  verb('audit', 'every change of the list and every verdict that let something out or held it back, oldest first')
    .option('--verify', 'is all of it still there and as it was? Exit code 1 when not')
    .option('--head <file>', 'with --verify: an earlier export, or the .head file of a copy, that the audit must reach')
    .option('--export <file>', 'write JSON lines, the head of the chain last; numbers in full')
    .option('--number <number>', 'of this number')
    .option('--since <instant>', 'recorded since, such as 2026-11-22 or 2026-11-22T10:00')
    .action(async (options: AuditOptions) => (await import('./dnc-audit.ts')).audit(io, options));

  verb('erase', 'a person’s right to be forgotten: the number goes, a salted hash stays so that the block holds')
    .argument('<number>')
    .option('--reason <text>', 'why, without naming the person')
    .option('--evidence <text>', 'what proves it, such as a letter')
    .action(async (number: string, options: EraseOptions) => (await import('./dnc-erase.ts')).erase(io, number, options));

  return dnc;
}

function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number.');
}

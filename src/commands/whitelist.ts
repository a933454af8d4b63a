import { Command } from 'commander';
import type { Io } from './io.ts';
import { withSettings } from './settings.ts';
import type {
  AccountOptions,
  AgentOptions,
  DeskOptions,
  InboundOptions,
  MissedCallOptions,
  PostOptions,
  ResetOptions,
  UnblockOptions,
} from './whitelist-options.ts';

const requests = () => import('./whitelist-requests.ts');
const acts = () => import('./whitelist-acts.ts');

const JSON_HELP = `
With --json, standard output is one object. A STANDING is {"number", "status": whitelist, pending, neutral or blacklist,
"type": api, customer, agent or empty, "expiresAt", "ground", "vendor": {"Status", "Type", "Expiry"}, "facts": [FACT]}.
  post, delete                  {"result": {"Total", "Duplicate", "Processed", "Succeeded", "Redundant", "Failed", "Message"},
                                 "numbers": [{"given", "number", "became", "why"}], "sms": [{"to", "text"}], "facts": [FACT]}
  status                        STANDING
  missed-call, inbound, unblock {"standing": STANDING, "fact": FACT}, and of missed-call "mode" of the account
  agent                         {"number", "fact": FACT}
  account                       {"mode": opt-out or opt-in, "counted", "flipAfter", "flippedAt", "unsubscribed": [{"number": masked,
                                 "at", "exophone"}], "resets": [{"at", "actor", "note"}], "agreementSigned"}
  reset                         {"mode", "fact": FACT}
Exit codes: 0 done; 1 not done, or a number failed; 2 usage; 3 refused, for the agreement is not signed.
docs/whitelist.md tells the states, and what --switch may set.`;

/** `press9 whitelist`: the vendor's whitelist of registered numbers, by hand. */
export function whitelistCommand(io: Io): Command {
  const whitelist = new Command('press9 whitelist')
    .description("Exotel's whitelist: whom of the registered (DND) numbers it would call. Nothing is sent to Exotel")
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .exitOverride()
    .addHelpText('after', JSON_HELP);
  withSettings(whitelist, io);

  const verb = (name: string, about: string) =>
    whitelist
      .command(name)
      .description(about)
      .option('--json', 'print one JSON object')
      .option('--store <path>', 'the store to use: a file, or memory:')
      .option('--country <code>', 'country of numbers written without +', (code) => code.toUpperCase(), 'IN')
      .option('--at <instant>', 'when it happens: 2026-11-22T10:00, Indian time; now unless told')
      .option('--switch <name=value>', 'reads the vendor otherwise, as docs/whitelist.md has it; several go', several);

  verb('post', 'add numbers; the SMS that would go out is printed')
    .argument('<numbers...>', 'several with commas or spaces between them')
    .requiredOption('--exophone <number>', 'the line that the message names')
    .option('--language <code>', 'of the message', 'en')
    .option('--company <name>', 'as the message has it')
    .action(async (numbers: readonly string[], options: PostOptions) => (await requests()).post(io, numbers, options));

  verb('delete', 'take numbers off; nobody’s unsubscription is lifted')
    .argument('<numbers...>', 'several with commas or spaces between them')
    .action(async (numbers: readonly string[], options: DeskOptions) => (await requests()).remove(io, numbers, options));

  verb('status', 'where a number stands and why, and what Exotel would answer')
    .argument('<number>')
    .action(async (number: string, options: DeskOptions) => (await acts()).status(io, number, options));

  verb('missed-call', 'the person gave a missed call to the line that the message named')
    .argument('<number>')
    .option('--exophone <number>', 'that line')
    .option('--answered', 'somebody picked up')
    .action(async (number: string, options: MissedCallOptions) => (await acts()).missedCall(io, number, options));

  verb('inbound', 'the person called the company')
    .argument('<number>')
    .option('--sms', 'or wrote to it')
    .option('--exophone <number>', 'the line they reached')
    .action(async (number: string, options: InboundOptions) => (await acts()).inbound(io, number, options));

  verb('agent', 'the number belongs to somebody who works for the company')
    .argument('<number>', 'or a range: +9180471123*')
    .option('--gone', 'not any more')
    .action(async (number: string, options: AgentOptions) => (await acts()).agent(io, number, options));

  verb('unblock', 'take back an unsubscription, with what proves that the person wants it')
    .argument('<number>')
    .requiredOption('--evidence <text>', 'such as a ticket')
    .option('--reason <text>', 'why')
    .action(async (number: string, options: UnblockOptions) => (await acts()).unblock(io, number, options));

  verb('account', 'how people are added now, who unsubscribed, the agreement')
    .option('--exophone <number>', 'of one line, with --switch scope=exophone')
    .action(async (options: AccountOptions) => (await acts()).account(io, options));

  verb('reset', 'let the account add people on their silence again')
    .requiredOption('--note <text>', 'why, and with whom it was agreed')
    .action(async (options: ResetOptions) => (await acts()).reset(io, options));

  return whitelist;
}

const several = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

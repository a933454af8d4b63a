import { isIP } from 'node:net';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Category, Consent, Fact, FactSource, NewFact } from '../core/facts.ts';
import type { Ms } from '../core/ids.ts';
import { UserError } from '../core/problem.ts';
import { isoIst, plainIst } from '../core/time.ts';
import { type ConsentState, consentRow, consentsOf } from './consent-show.ts';
import { type DncOptions, printJson, readNumber, trimmed, withList } from './dnc-list.ts';
import { factJson, table } from './dnc-show.ts';
import { type FactOptions, factOptions, listOptions } from './fact-options.ts';
import type { Io } from './io.ts';
import { PURPOSES, readCategory, readInstant } from './may-contact.ts';
import { withSettings } from './settings.ts';

const HELP = `
Explicit leave is what somebody said; leave from an inquiry or a contract follows from what they did. Whoever asks for proof wants
to know when it was given, where, from which address, and what the person was shown: --at, --source, --ip, --text, --evidence.
With --json: add {"number", "fact": FACT}, list {"number", "consents": [FACT with "state": counts, ended or revoked]},
revoke {"number", "fact": FACT, "revoked": [id]}.
Exit codes: 0 done; 1 not done; 2 usage.`;

/** Where leave may come from. What the person did themselves is stronger than an earlier opt-out, the rest is not. */
const SOURCES: readonly FactSource[] = [
  ...(['web', 'form', 'call', 'key-press', 'sms-start', 'missed-call', 'registry'] as const),
  ...(['manual', 'agent', 'api'] as const),
];

type Scoped = { scope?: 'all' | 'campaign' | 'voice' | 'sms'; campaign?: string };
type AddOptions = FactOptions &
  Scoped & {
    basis: Consent['basis'];
    source: FactSource;
    purpose?: string;
    category?: Category;
    text?: string;
    ip?: string;
    expires?: Ms;
  };
type RevokeOptions = FactOptions & Scoped & { source: FactSource; id?: readonly string[] };

/** `press9 consent`: leave that people gave, by hand. */
export function consentCommand(io: Io): Command {
  const consent = new Command('press9 consent')
    .description('leave that people gave: written down, listed, taken back')
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .exitOverride()
    .addHelpText('after', HELP);
  withSettings(consent, io);

  scoped(factOptions(consent.command('add').description('somebody gave leave')))
    .argument('<number>')
    .addOption(
      new Option('--basis <basis>', 'said, or follows from').choices(['explicit', 'inquiry', 'contract']).default('explicit'),
    )
    .addOption(new Option('--source <where>', 'where it was given').choices(SOURCES).default('manual'))
    .addOption(new Option('--purpose <what>', 'what for; any purpose unless told').choices(PURPOSES))
    .option('--category <n>', 'of promotion: 1 banking … 8 food', readCategory)
    .option('--text <text>', 'as it was shown to the person')
    .option('--ip <address>', 'the address it came from', readIp)
    .option('--expires <instant>', 'from when on it counts no more', readInstant)
    .action((number: string, options: AddOptions) => add(io, number, trimmed(options)));

  listOptions(consent.command('list').description('the leave of a number, and whether it counts'))
    .argument('<number>')
    .action((number: string, options: DncOptions) => list(io, number, options));

  scoped(factOptions(consent.command('revoke').description('somebody took their leave back')))
    .argument('<number>')
    .addOption(new Option('--source <where>', 'where they said so').choices(SOURCES).default('manual'))
    .option('--id <fact>', 'this one only, as consent list names it; several go', several)
    .action((number: string, options: RevokeOptions) => revoke(io, number, trimmed(options)));

  return consent;
}

const scoped = (command: Command): Command =>
  command
    .addOption(new Option('--scope <what>', 'what it is about (default: all)').choices(['all', 'campaign', 'voice', 'sms']))
    .option('--campaign <name>', 'the campaign it is about; means --scope campaign');

function readScope({ scope, campaign }: Scoped): Pick<Fact, 'scope' | 'campaign'> {
  const meant = scope ?? (campaign === undefined ? 'all' : 'campaign');
  if ((meant === 'campaign') === (campaign !== undefined)) return { scope: meant, ...(campaign !== undefined && { campaign }) };
  throw new UserError(
    campaign === undefined ? '--scope campaign needs --campaign NAME.' : `--campaign does not go with --scope ${meant}.`,
  );
}

async function add(io: Io, given: string, options: AddOptions): Promise<void> {
  const number = readNumber(given, options);
  const scope = readScope(options);
  const { basis, purpose, category, text, ip, source, evidence, reason, expires } = options;
  await withList(io, options, async ({ store, now, actor }) => {
    const at = options.at ?? now();
    if (expires !== undefined && expires <= at)
      throw new UserError(`--expires ${plainIst(expires)} IST lies before it was given.`);
    const consent: Consent = {
      basis,
      ...(purpose && { purpose }),
      ...(category && { category }),
      ...(text && { text }),
      ...(ip && { ip }),
    };
    const fact: NewFact = {
      kind: 'consent',
      number,
      ...scope,
      source,
      at,
      actor,
      consent,
      ...(expires !== undefined && { expiresAt: expires }),
      ...(reason && { reason }),
      ...(evidence && { evidence }),
    };
    const [recorded] = await store.facts.record([fact]);
    if (options.json) printJson(io, { number, fact: recorded && factJson(recorded, true) });
    else io.out(`${number}: ${basis} leave is written down, ${recorded?.id}.\n`);
    if (!(evidence ?? text ?? ip)) io.err('note: nothing proves it: no --evidence, no --text that was shown, no --ip.\n');
  });
}

async function list(io: Io, given: string, options: DncOptions): Promise<void> {
  const number = readNumber(given, options);
  await withList(io, options, async ({ store, now }) => {
    const found = consentsOf(await store.facts.about(number), now());
    const json = ({ fact, state }: ConsentState) => ({ ...factJson(fact, state === 'counts'), ...expiry(fact), state });
    if (options.json) printJson(io, { number, consents: found.map(json) });
    else io.out(found.length === 0 ? `${number}: no leave is on record.\n` : table(found.map(consentRow)));
  });
}

const expiry = ({ expiresAt }: Fact): { expiresAt?: string } => (expiresAt === undefined ? {} : { expiresAt: isoIst(expiresAt) });

async function revoke(io: Io, given: string, options: RevokeOptions): Promise<void> {
  const number = readNumber(given, options);
  const scope = readScope(options);
  const { source, evidence, reason, id: ids = [] } = options;
  await withList(io, options, async ({ store, now, actor }) => {
    const at = options.at ?? now();
    const standing = consentsOf(await store.facts.about(number), at).filter(({ state }) => state === 'counts');
    const unknown = ids.find((id) => !standing.some(({ fact }) => fact.id === id));
    if (unknown !== undefined) {
      throw new UserError(`"${unknown}" is no leave of this number that counts.`, {
        advice: 'press9 consent list names them.',
        exitCode: 1,
      });
    }
    const fact: NewFact = {
      kind: 'revocation',
      number,
      ...scope,
      source,
      at,
      actor,
      ...(ids.length > 0 && { supersedes: ids }),
      ...(reason && { reason }),
      ...(evidence && { evidence }),
    };
    const [recorded] = await store.facts.record([fact]);
    const after = new Set(
      consentsOf(await store.facts.about(number), at).flatMap(({ fact, state }) => (state === 'counts' ? fact.id : [])),
    );
    const revoked = standing.flatMap(({ fact }) => (after.has(fact.id) ? [] : fact.id));
    if (options.json) printJson(io, { number, fact: recorded && factJson(recorded, true), revoked });
    else io.out(`${number}: ${revoked.length === 0 ? 'no leave was on record' : `taken back: ${revoked.join(', ')}`}.\n`);
  });
}

function readIp(text: string): string {
  if (isIP(text.trim()) !== 0) return text.trim();
  throw new InvalidArgumentError('It is no IP address.');
}

const several = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

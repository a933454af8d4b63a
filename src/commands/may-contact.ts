import { InvalidArgumentError } from 'commander';
import { CATEGORIES } from '../compliance/preference.ts';
import { CLASS_NAMES } from '../compliance/tell.ts';
import type { CallClass } from '../core/event.ts';
import type { Category, Channel, Contact, Mode } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { UserError } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';
import { parseInstant } from '../core/time.ts';
import { type DncOptions, readNumber } from './dnc-list.ts';
import type { Io } from './io.ts';
import { openFlow } from './open-flow.ts';

type Purpose = NonNullable<Contact['purpose']>;

/** The options of `press9 may`, read. */
export type MayOptions = DncOptions & {
  class?: CallClass;
  flow?: string;
  category?: Category;
  channel: Channel;
  campaign?: string;
  exophone?: string;
  purpose?: Purpose;
  mode?: Mode;
  transactionAt?: Ms;
  text?: string;
  /** False for `--no-opt-out`. */
  optOut: boolean;
  at?: Ms;
  violations?: number;
  column?: string;
};

export const PURPOSES: readonly Purpose[] = [
  'consent-request',
  'loan-recovery',
  'reminder',
  'survey',
  'delivery',
  'otp',
  'other',
];
export const MODES: readonly Mode[] = ['VOICE', 'SMS', 'AUTO_PRERECORDED', 'AUTO_LIVE', 'ROBO'];

const CLASSES = Object.keys(CLASS_NAMES) as CallClass[];

/** `SI` or `service-implicit`. */
export function readClass(text: string): CallClass {
  const found = CLASSES.find((one) => one === text.toUpperCase() || CLASS_NAMES[one] === text.toLowerCase());
  if (found) return found;
  throw new InvalidArgumentError(didYouMean(text, [...CLASSES, ...Object.values(CLASS_NAMES)]));
}

export function readCategory(text: string): Category {
  const found = CATEGORIES.find((one) => String(one) === text.trim());
  if (found !== undefined) return found;
  throw new InvalidArgumentError('Categories are 1 to 8: 1 banking … 8 food.');
}

export function readInstant(text: string): Ms {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  throw new InvalidArgumentError('Use an instant such as 2026-11-22T10:00, Indian time unless it has a zone.');
}

/** What is asked of each number. @throws UserError for options that do not go together. */
export async function contactOf(io: Io, options: MayOptions, exophones: readonly E164[]): Promise<Omit<Contact, 'number'>> {
  const { channel, campaign, category, purpose, mode, transactionAt, text } = options;
  if (mode !== undefined && (mode === 'SMS') !== (channel === 'sms'))
    throw new UserError(`--mode ${mode} does not go with --channel ${channel}.`);
  const exophone = options.exophone === undefined ? exophones[0] : readNumber(options.exophone, options);
  return {
    channel,
    class: await classOf(io, options),
    ...(campaign !== undefined && { campaign }),
    ...(category !== undefined && { category }),
    ...(purpose !== undefined && { purpose }),
    ...(mode !== undefined && { mode }),
    ...(transactionAt !== undefined && { transactionAt }),
    ...(text !== undefined && { text }),
    ...(exophone !== undefined && { exophone }),
    ...(!options.optOut && { optOutOffered: false }),
  };
}

async function classOf(io: Io, { class: kind, flow: file }: MayOptions): Promise<CallClass> {
  if (kind !== undefined && file !== undefined)
    throw new UserError('--class and --flow do not go together: a flow has its class.');
  if (kind !== undefined) return kind;
  if (file === undefined) {
    throw new UserError('What kind of call or message is it?', {
      advice: 'Say --class P, SE, SI, T or G, or --flow FILE for the class of a flow.',
    });
  }
  const { set } = await openFlow(io, file);
  const flow = set.flows.get(set.root);
  if (!flow) throw new Error(`no flow ${set.root}`);
  return flow.class;
}

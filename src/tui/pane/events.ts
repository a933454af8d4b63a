import { sayEnd } from '../../call/fold.ts';
import type { CallEvent, CallFacts } from '../../core/event.ts';
import type { Ms } from '../../core/ids.ts';
import { maskText } from '../../core/phone.ts';
import type { Sound } from '../../core/prompt.ts';
import { showDuration } from '../../core/time.ts';
import { shortUrl } from '../words.ts';

/** The longest value that is shown whole, and the longest row. */
const LONGEST = 48;
const LONGEST_ROW = 400;

/** What is shown of the fields of these names; of others their value. */
const TELL: Readonly<Record<string, (value: never) => string | undefined>> = {
  url: shortUrl,
  ms: (d: Ms) => showDuration(d),
  timeout: (d: Ms) => `limit ${showDuration(d)}`,
  ringFor: (d: Ms) => `rings ${showDuration(d)}`,
  id: (id: number | string) => (typeof id === 'number' ? `#${id}` : undefined),
  key: (key: string) => `key ${key}`,
  exit: (exit: string) => `by ${exit}`,
  async: (async: boolean) => (async ? 'goes on at once' : undefined),
  record: (record: boolean) => (record ? 'recorded' : undefined),
  leg: (leg: number) => `leg ${leg}`,
  attempt: (attempt: number) => (attempt > 1 ? `attempt ${attempt}` : undefined),
  body: (body: string) => `${body.length} characters`,
  says: (says: string) => says,
  headers: () => undefined,
  seed: () => undefined,
  facts: ({ direction, customer, exophone, flow }: CallFacts) => `${direction} ${customer} from ${exophone}, flow ${flow}`,
  sounds: (sounds: readonly Sound[]) =>
    `"${sounds.map((sound) => (sound.type === 'speech' ? sound.text : sound.type === 'audio' ? shortUrl(sound.url) : '…')).join(' ')}"`,
};

/**
 * An event in two parts: what it is, and the fields that tell something. Numbers are masked.
 * @param root name of the flow that goes without saying.
 */
export function tellEvent(e: CallEvent, root: string): { what: string; fields: string } {
  if (e.type === 'ended') return { what: 'ended', fields: sayEnd(e.why) };
  const { type, ...rest } = e.type === 'input' ? e.input : e.type === 'command' ? e.command : e;
  const sign = e.type === 'input' ? '< ' : e.type === 'command' ? '> ' : '';
  const fields = Object.entries(rest).flatMap(([name, value]) =>
    value === root && name === 'flow' ? [] : (tellField(name, value) ?? []),
  );
  return { what: sign + type, fields: shorter(fields.join(' '), LONGEST_ROW) };
}

function tellField(name: string, value: unknown): string | undefined {
  const tell: ((value: never) => string | undefined) | undefined = Object.hasOwn(TELL, name) ? TELL[name] : undefined;
  if (tell) return tell(value as never);
  if (typeof value === 'boolean') return value ? name : `not ${name}`;
  if (typeof value === 'string') return value === '' ? undefined : shorter(value);
  return typeof value === 'number' ? `${name} ${value}` : shorter(JSON.stringify(value) ?? '');
}

/** Masked before it is cut: half a number is masked too. */
function shorter(text: string, most = LONGEST): string {
  const masked = maskText(text);
  return masked.length > most ? `${masked.slice(0, most - 1)}…` : masked;
}

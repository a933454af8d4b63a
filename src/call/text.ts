import { lookupIn } from './lookup.ts';
import { type Encode, fill } from './template.ts';
import { log, type Turn } from './turn.ts';

/** Variables filled in; the log is told of those without a value. */
export function text(turn: Turn, raw: string, encode?: Encode): string {
  const missing = (name: string) =>
    log(turn, {
      type: 'warned',
      code: 'VARIABLE_EMPTY',
      says: `{{${name}}} has no value in this call; nothing stands in its place.`,
    });
  return fill(raw, lookupIn(turn.s), missing, encode);
}

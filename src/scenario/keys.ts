import type { LiveCall } from '../call/run.ts';
import { type Ms, ms } from '../core/ids.ts';
import { type Digit, isDigit } from '../core/input.ts';
import type { Clock } from '../core/ports.ts';
import { parseDuration } from '../core/time.ts';

/** One thing a scripted caller does. */
export type KeyItem =
  /** Waits for an applet that takes keys, hears its prompt out, then presses. */
  | { type: 'press'; digits: readonly Digit[] }
  /** Presses at once, into whatever is playing. */
  | { type: 'barge'; digits: readonly Digit[] }
  | { type: 'wait'; for: Ms }
  | { type: 'hang up'; after: Ms };

export type ParsedKeys = { ok: true; items: readonly KeyItem[] } | { ok: false; problem: string };

/** Between the keys of one number, as people type. */
export const TYPING = ms(300);

/** Reads `1, wait 6s, 9, hangup 12s`; a leading `!` presses at once. */
export function parseKeys(text: string): ParsedKeys {
  const items: KeyItem[] = [];
  for (const part of text.split(',').map((item) => item.trim())) {
    if (part === '') continue;
    const item = parseItem(part);
    if (!item)
      return {
        ok: false,
        problem: `"${part}" is no key, "wait 6s" or "hangup 12s". Example: --keys "1, wait 6s, !9, hangup 2s"`,
      };
    items.push(item);
  }
  return { ok: true, items };
}

function parseItem(part: string): KeyItem | undefined {
  const [word = '', rest = ''] = part.split(/\s+/, 2);
  if (/^wait$/i.test(word)) {
    const wait = parseDuration(rest);
    return wait === undefined ? undefined : { type: 'wait', for: wait };
  }
  if (/^hang-?up$/i.test(word)) {
    const after = rest === '' ? ms(0) : parseDuration(rest);
    return after === undefined ? undefined : { type: 'hang up', after };
  }
  const digits = [...part.replace(/^!/, '')];
  if (digits.length === 0 || !digits.every(isDigit)) return undefined;
  return { type: part.startsWith('!') ? 'barge' : 'press', digits };
}

/** Does the applet that stands now listen, with its prompt heard out? */
export const canPress = ({ state }: LiveCall): boolean =>
  state.phase === 'talking' &&
  !state.playing &&
  (state.stand?.applet.takesKeys ?? false) &&
  state.timers.some((timer) => timer.timer !== 'time-limit');

/** Plays a scripted caller into a call. Returns how many items were never reached, asked when the call is over. */
export function driveKeys(call: LiveCall, items: readonly KeyItem[], clock: Clock): () => number {
  let at = 0;
  let busy = false;

  const next = (): void => {
    busy = false;
    at++;
    look();
  };
  const later = (wait: Ms, then: () => void): void => {
    busy = true;
    clock.alarm(ms(clock.now() + wait), then);
  };
  const type = (digits: readonly Digit[]): void => {
    const [first, ...rest] = digits;
    if (first === undefined || call.state.phase === 'ended') {
      next();
      return;
    }
    call.press(first);
    if (rest.length === 0) next();
    else later(TYPING, () => type(rest));
  };

  function look(): void {
    const item = items[at];
    if (busy || !item || call.state.phase !== 'talking') return;
    if (item.type === 'wait') later(item.for, next);
    else if (item.type === 'hang up') {
      later(item.after, () => {
        call.hangUp();
        next();
      });
    } else if (item.type === 'barge' || canPress(call)) {
      // Not from within a step: the key arrives after everything of this instant has happened.
      later(ms(0), () => {
        if (item.type === 'press' && !canPress(call)) {
          busy = false;
          look();
        } else {
          busy = true;
          type(item.digits);
        }
      });
    }
  }

  call.subscribe(look);
  look();
  return () => items.length - at;
}

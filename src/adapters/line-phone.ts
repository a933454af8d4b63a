import type { LegState } from '../core/input.ts';
import type { Clock, Line } from '../core/ports.ts';
import { createScriptedLine, type ScriptedLineOptions } from './line-scripted.ts';

/** A line whose customer is the person in front of the screen. */
export interface PhoneLine extends Line {
  /** Takes the call; one that is dialled, as soon as it rings. False when nothing is about to ring. */
  answer(): boolean;
  /** Refuses the call likewise, which the other side hears as busy. */
  decline(): boolean;
}

/**
 * Leg 1 rings until it is answered or declined here, or for as long as it may ring. Agents do what their scripts say, and
 * prompts play, as on a scripted line.
 */
export function createPhoneLine(clock: Clock, options: Omit<ScriptedLineOptions, 'callee'> = {}): PhoneLine {
  const scripted = createScriptedLine(clock, { ...options, callee: { does: 'no-answer' } });
  let standing = options.standing?.find(({ leg }) => leg === 1)?.state;
  let ringing: ((to: LegState) => void) | undefined;
  let dialling = false;
  let wish: LegState | undefined;

  function pick(to: LegState): boolean {
    const changed = ringing;
    if (!changed) {
      wish ??= dialling ? to : undefined;
      return dialling;
    }
    ringing = undefined;
    scripted.hangUp(1); // the alarm that would end the ringing
    changed(to);
    return true;
  }

  return {
    dial(leg, number, ringFor, changed) {
      if (leg !== 1) {
        scripted.dial(leg, number, ringFor, changed);
        return;
      }
      ringing = standing === 'ringing' ? changed : undefined;
      dialling = standing === undefined || standing === 'dialling';
      standing = undefined;
      wish = undefined;
      scripted.dial(leg, number, ringFor, (to) => {
        dialling = false;
        ringing = to === 'ringing' ? changed : undefined;
        changed(to);
        if (wish) pick(wish);
      });
    },
    play: (leg, sounds, finished, heard) => scripted.play(leg, sounds, finished, heard),
    stop: () => scripted.stop(),
    hangUp(leg) {
      if (leg === 1) {
        ringing = undefined;
        dialling = false;
      }
      scripted.hangUp(leg);
    },
    answer: () => pick('answered'),
    decline: () => pick('busy'),
  };
}

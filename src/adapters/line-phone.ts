import type { Clock, Line } from '../core/ports.ts';
import { createExchangeLine } from './line-exchange.ts';
import type { ScriptedLineOptions } from './line-scripted.ts';
import type { PhoneScript } from './phone-script.ts';

/** A line whose customer is the person in front of the screen. */
export interface PhoneLine extends Line {
  /** Takes the call; one that is dialled, as soon as it rings. False when nothing is about to ring. */
  answer(): boolean;
  /** Refuses the call likewise, which the other side hears as busy. */
  decline(): boolean;
}

const IN_YOUR_HAND: PhoneScript = { does: 'manual' };

/**
 * Leg 1 rings until it is answered or declined here, or for as long as it may ring. Agents do what their scripts say, and
 * prompts play, as on a scripted line.
 */
export function createPhoneLine(clock: Clock, options: Omit<ScriptedLineOptions, 'callee'> = {}): PhoneLine {
  const line = createExchangeLine(clock, { ...options, callee: IN_YOUR_HAND });
  return {
    dial: (leg, number, ringFor, changed) => line.dial(leg, number, ringFor, changed),
    play: (leg, sounds, finished, heard) => line.play(leg, sounds, finished, heard),
    stop: () => line.stop(),
    hangUp: (leg) => line.hangUp(leg),
    answer: () => line.answer(1),
    decline: () => line.decline(1),
  };
}

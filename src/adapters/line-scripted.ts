import { type Ms, ms } from '../core/ids.ts';
import type { LegState } from '../core/input.ts';
import type { Audio, Cancel, Clock, Line } from '../core/ports.ts';
import type { Sound } from '../core/prompt.ts';
import { type PhoneScript, USUAL_RING, USUAL_TALK } from './phone-script.ts';

export type ScriptedLineOptions = {
  /** Leg 1; answers after 3 s unless told. */
  callee?: PhoneScript;
  /** Leg 2 and on, in the order they are dialled; the last one repeats. One who talks 30 s unless told. */
  agents?: readonly PhoneScript[];
  /** Knows how long recordings play. It must not wait on the line's own clock, which stands still meanwhile. */
  audio?: Audio;
};

/** How long a recording is taken to play when nobody can tell. */
export const UNKNOWN_LENGTH = ms(5000);
/** From ringing to the news that a phone is busy or cannot be reached. */
const BAD_NEWS = ms(1000);

const CALLEE: PhoneScript = { does: 'answer', after: USUAL_RING };
const AGENT: PhoneScript = { does: 'answer', after: USUAL_RING, talks: USUAL_TALK };

/** Phones that do what their script says, on any clock. */
export const createScriptedLine = (clock: Clock, options: ScriptedLineOptions = {}): Line => new ScriptedLine(clock, options);

const NONE: Cancel[] = [];

class ScriptedLine implements Line {
  readonly #clock: Clock;
  readonly #options: ScriptedLineOptions;
  /** What each phone is still going to do, by leg. */
  readonly #phones: Cancel[][] = [];
  /** The leg that hears something now, and how to end it. */
  #leg: number | undefined;
  #cancel: Cancel | undefined;
  /** Counts what was played and stopped, so that an answer that comes late knows its own. */
  #serial = 0;

  constructor(clock: Clock, options: ScriptedLineOptions) {
    this.#clock = clock;
    this.#options = options;
  }

  dial(leg: number, _number: string, ringFor: Ms, changed: (to: LegState) => void): void {
    this.hangUp(leg);
    const alarms = [this.#report(leg, ms(0), 'ringing', changed)];
    for (const [wait, to] of course(this.#phoneOf(leg), ringFor)) alarms.push(this.#report(leg, wait, to, changed));
    this.#phones[leg] = alarms;
  }

  #report(leg: number, wait: Ms, to: LegState, changed: (to: LegState) => void): Cancel {
    return this.#clock.alarm(ms(this.#clock.now() + wait), () => {
      if (to !== 'ringing' && to !== 'answered') this.hangUp(leg);
      changed(to);
    });
  }

  #phoneOf(leg: number): PhoneScript {
    const { callee, agents } = this.#options;
    return leg === 1 ? (callee ?? CALLEE) : (agents?.[leg - 2] ?? agents?.at(-1) ?? AGENT);
  }

  play(leg: number, sounds: readonly Sound[], finished: () => void): void {
    this.stop();
    this.#leg = leg;
    let known = 0;
    const unknown: string[] = [];
    for (const sound of sounds) {
      if (sound.type === 'audio' && sound.ms === undefined) unknown.push(sound.url);
      else known += sound.ms ?? 0;
    }
    if (unknown.length > 0) this.#finishWhenKnown(known, unknown, finished);
    else this.#finishIn(known, finished);
  }

  #finishIn(length: number, finished: () => void): void {
    this.#cancel = this.#clock.alarm(ms(this.#clock.now() + length), () => {
      this.#leg = undefined;
      finished();
    });
  }

  #finishWhenKnown(known: number, unknown: readonly string[], finished: () => void): void {
    const mine = this.#serial;
    const release = this.#clock.hold();
    void Promise.all(unknown.map((url) => lengthOf(this.#options.audio, url))).then((lengths) =>
      release(ms(0), () => {
        if (this.#serial === mine) this.#finishIn(known + lengths.reduce<number>((sum, length) => sum + length, 0), finished);
      }),
    );
  }

  stop(): void {
    this.#serial++;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#leg = undefined;
  }

  hangUp(leg: number): void {
    for (const cancel of this.#phones[leg] ?? []) cancel();
    this.#phones[leg] = NONE;
    if (leg === this.#leg) this.stop();
  }
}

/** What a phone reports after it began to ring, and when. */
function course(phone: PhoneScript, ringFor: Ms): readonly (readonly [Ms, LegState])[] {
  if (phone.does === 'answer' && phone.after < ringFor) {
    const answered = [phone.after, 'answered'] as const;
    return phone.talks === undefined ? [answered] : [answered, [ms(phone.after + phone.talks), 'completed']];
  }
  if (phone.does === 'answer' || phone.does === 'no-answer' || BAD_NEWS >= ringFor) return [[ringFor, 'no-answer']];
  return [[BAD_NEWS, phone.does]];
}

async function lengthOf(audio: Audio | undefined, url: string): Promise<Ms> {
  try {
    return (await audio?.length(url)) ?? UNKNOWN_LENGTH;
  } catch {
    return UNKNOWN_LENGTH;
  }
}

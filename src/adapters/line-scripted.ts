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

const NOTHING: readonly Cancel[] = [];

/** Phones that do what their script says, on any clock. */
export function createScriptedLine(clock: Clock, options: ScriptedLineOptions = {}): Line {
  const phones: (readonly Cancel[])[] = [];
  const player = createPlayer(clock, options.audio);

  const phoneOf = (leg: number): PhoneScript => {
    if (leg === 1) return options.callee ?? CALLEE;
    return options.agents?.[leg - 2] ?? options.agents?.at(-1) ?? AGENT;
  };
  const hangUp = (leg: number) => {
    for (const cancel of phones[leg] ?? NOTHING) cancel();
    phones[leg] = NOTHING;
    player.stop(leg);
  };

  return {
    dial(leg, _number, ringFor, changed) {
      hangUp(leg);
      const alarms: Cancel[] = [];
      phones[leg] = alarms;
      const later = (wait: Ms, to: LegState) => {
        const ring = () => {
          if (to !== 'ringing' && to !== 'answered') hangUp(leg);
          changed(to);
        };
        alarms.push(clock.alarm(ms(clock.now() + wait), ring));
      };
      later(ms(0), 'ringing');
      for (const [wait, to] of course(phoneOf(leg), ringFor)) later(wait, to);
    },
    play: player.play,
    stop: () => player.stop(),
    hangUp,
  };
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

function createPlayer(clock: Clock, audio: Audio | undefined) {
  /** Counts what was played, so that an answer that comes late knows its own. */
  let serial = 0;
  let leg: number | undefined;
  let cancel: Cancel | undefined;

  const stop = (only?: number) => {
    if (only !== undefined && only !== leg) return;
    serial++;
    cancel?.();
    cancel = undefined;
    leg = undefined;
  };

  const finishIn = (length: number, finished: () => void) => {
    cancel = clock.alarm(ms(clock.now() + length), () => {
      leg = undefined;
      finished();
    });
  };

  function play(to: number, sounds: readonly Sound[], finished: () => void): void {
    stop();
    leg = to;
    let known = 0;
    const unknown: string[] = [];
    for (const sound of sounds) {
      if (sound.type === 'audio' && sound.ms === undefined) unknown.push(sound.url);
      else known += sound.ms ?? 0;
    }
    if (unknown.length > 0) finishWhenKnown(known, unknown, finished);
    else finishIn(known, finished);
  }

  function finishWhenKnown(known: number, unknown: readonly string[], finished: () => void): void {
    const mine = serial;
    const release = clock.hold();
    void Promise.all(unknown.map((url) => lengthOf(audio, url))).then((lengths) =>
      release(ms(0), () => {
        if (serial === mine) finishIn(known + lengths.reduce<number>((sum, length) => sum + length, 0), finished);
      }),
    );
  }

  return { play, stop };
}

async function lengthOf(audio: Audio | undefined, url: string): Promise<Ms> {
  try {
    return (await audio?.length(url)) ?? UNKNOWN_LENGTH;
  } catch {
    return UNKNOWN_LENGTH;
  }
}

import { type Ms, ms } from '../core/ids.ts';
import type { LegState } from '../core/input.ts';
import type { Audio, Cancel, Clock, Line } from '../core/ports.ts';
import type { Sound } from '../core/prompt.ts';
import type { Leg } from '../core/stage.ts';
import { isAnswered, type PhoneScript, USUAL_RING, USUAL_TALK } from './phone-script.ts';

export type ScriptedLineOptions = {
  /** Whose phone it is. Where it knows nobody, `callee` and `agents` tell. */
  phoneOf?: (leg: number, number: string) => PhoneScript | undefined;
  /** Leg 1; answers after 3 s unless told. */
  callee?: PhoneScript;
  /** Leg 2 and on, in the order they are dialled; the last one repeats. One who talks 30 s unless told. */
  agents?: readonly PhoneScript[];
  /** Knows how long recordings play. It must not wait on the line's own clock, which stands still meanwhile. */
  audio?: Audio;
  /** The phones of a call that is taken up again. When one is dialled it reports what it has not yet, when it would have. */
  standing?: readonly Leg[];
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

  const phoneOf = (leg: number, number: string): PhoneScript => {
    const known = options.phoneOf?.(leg, number);
    if (known) return known;
    if (leg === 1) return options.callee ?? CALLEE;
    return options.agents?.[leg - 2] ?? options.agents?.at(-1) ?? AGENT;
  };
  const hangUp = (leg: number) => {
    for (const cancel of phones[leg] ?? NOTHING) cancel();
    phones[leg] = NOTHING;
    player.stop(leg);
  };

  return {
    dial(leg, number, ringFor, changed) {
      hangUp(leg);
      const alarms: Cancel[] = [];
      phones[leg] = alarms;
      const later = (due: Ms, to: LegState, by?: 'machine') => {
        const ring = () => {
          if (to !== 'ringing' && to !== 'answered') hangUp(leg);
          changed(to, by);
        };
        alarms.push(clock.alarm(due, ring));
      };
      const before = standingPhone(options.standing, leg);
      for (const [due, to, by] of course(phoneOf(leg, number), ringFor, before ?? clock.now())) later(due, to, by);
    },
    play: player.play,
    stop: () => player.stop(),
    hangUp,
  };
}

/** A phone that is dialled because its call is taken up again. */
export const standingPhone = (standing: readonly Leg[] | undefined, leg: number): Leg | undefined =>
  standing?.find((one) => one.leg === leg && one.endedAt === undefined);

type Course = readonly (readonly [due: Ms, to: LegState, by?: 'machine'])[];

/** What a phone will report, and when: one that is dialled now, or that stands. */
function course(phone: PhoneScript, ringFor: Ms, from: Ms | Leg): Course {
  if (typeof from === 'number') return [[from, 'ringing'], ...outcome(phone, ringFor, from)];
  const { state, dialledAt, answeredAt = dialledAt } = from;
  if (state === 'dialling') return course(phone, ringFor, dialledAt);
  return state === 'ringing' ? outcome(phone, ringFor, dialledAt) : goodbye(phone, answeredAt);
}

/** What comes of the ringing, and after it. */
function outcome(phone: PhoneScript, ringFor: Ms, dialledAt: Ms): Course {
  if (isAnswered(phone) && phone.after < ringFor) {
    const answeredAt = ms(dialledAt + phone.after);
    const answered =
      phone.does === 'machine' ? ([answeredAt, 'answered', 'machine'] as const) : ([answeredAt, 'answered'] as const);
    return [answered, ...goodbye(phone, answeredAt)];
  }
  if ((phone.does === 'busy' || phone.does === 'failed') && BAD_NEWS < ringFor) return [[ms(dialledAt + BAD_NEWS), phone.does]];
  return [[ms(dialledAt + ringFor), 'no-answer']];
}

const goodbye = (phone: PhoneScript, answeredAt: Ms): Course =>
  isAnswered(phone) && phone.talks !== undefined ? [[ms(answeredAt + phone.talks), 'completed']] : [];

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
    cancel = clock.alarm(ms(clock.now() + Math.max(0, length)), () => {
      leg = undefined;
      finished();
    });
  };

  function play(to: number, sounds: readonly Sound[], finished: () => void, heard: Ms = ms(0)): void {
    stop();
    leg = to;
    let known: number = -heard;
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

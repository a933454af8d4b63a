import { type Ms, ms } from '../core/ids.ts';
import type { Digit } from '../core/input.ts';
import { showDuration } from '../core/time.ts';
import { appletFor } from '../flow/graph.ts';
import { type Ear, earAt, heardAt } from './hearing.ts';
import { TYPING } from './keys.ts';
import { lastWordEnd, phraseFor } from './record-phrase.ts';
import { type Act, clearOf, isTooLate, type Moment, momentBefore, type Story } from './record-story.ts';

/** A step as it is written, and what a reader may want to know of it. */
export type WrittenStep = { step: 'hang up' | Readonly<Record<string, string>>; comment?: string };

type Key = Extract<Act, { type: 'key' }>;

/** How far the steps written so far bring a scripted caller. */
type Cursor = {
  /** When, in the recorded call, the last of them was done; `index` is its place in the log. */
  at: Ms;
  index: number;
  ear: Ear;
  /** Applets passed by `at` steps. */
  passed: number;
  /** The key pressed last, and whether it was pressed once its prompt was over. */
  key: Key | undefined;
};

/** What of it a scripted caller does again: all but keys of which nobody took notice, where they could not be pressed again. */
export const actsOf = (story: Story): readonly Act[] =>
  story.acts.filter((act) => act.type !== 'key' || act.was !== 'ignored' || !isTooLate(story, act));

/** The steps with which a scripted caller does what the caller of a recorded call did. */
export function stepsOf(story: Story): readonly WrittenStep[] {
  const writer = new StepWriter(story);
  for (const act of actsOf(story)) writer.write(act);
  return writer.steps;
}

class StepWriter {
  readonly steps: WrittenStep[] = [];
  readonly #story: Story;
  readonly #exact: boolean;
  readonly #cursor: Cursor;

  constructor(story: Story) {
    this.#story = story;
    this.#exact = needsExactTimes(story);
    const at = story.view.answeredAt ?? story.view.startedAt;
    const index = story.moments.find((moment) => moment.at === at && moment.visits > 0)?.index ?? 0;
    // Just before the answer: a flow may listen from its first instant, and that is a chance to press like any other.
    this.#cursor = { at, index: index - 0.5, ear: { speech: 0, char: 0 }, passed: 0, key: undefined };
  }

  write(act: Act): void {
    if (act.type === 'hang up') {
      this.#approach(act);
      this.steps.push({ step: 'hang up' });
      return;
    }
    const before = momentBefore(this.#story, act.index);
    let { at } = act;
    if (before && this.#joins(act, before)) this.#join(act.digit);
    else if (before && this.#isInTurn(act, before) && this.#waitFor(before)) this.#press(act.digit, act);
    else {
      const pressed = this.#approach(act);
      this.#press(`!${act.digit}`, act);
      // What follows a key is counted from it, unless nobody took notice.
      if (act.was === 'ignored' || act.was === 'swallowed') at = pressed;
    }
    const said = this.#story.view.speeches.slice(0, before?.speeches ?? 0);
    Object.assign(this.#cursor, { at, index: act.index, key: act, ear: earAt(said, at) });
  }

  #press(keys: string, { was }: Key): void {
    const comment = was === 'taken' || was === 'finish' ? undefined : SAID[was];
    this.steps.push({ step: { press: keys }, ...(comment !== undefined && { comment }) });
  }

  #join(digit: Digit): void {
    const last = this.steps.at(-1);
    if (last && last.step !== 'hang up') last.step = { press: `${last.step['press']}${digit}` };
  }

  /** Is it a further key of one number? A scripted caller types those at a pace of its own. */
  #joins(act: Key, { listens, patience, visits, speeches, anew }: Moment): boolean {
    const { key } = this.#cursor;
    if (this.#exact || key === undefined || key.was !== 'taken') return false;
    if (act.was === 'swallowed') return act.at - key.at === TYPING;
    const since = momentBefore(this.#story, key.index);
    const same = since?.visits === visits && since.speeches === speeches && act.node === key.node;
    return same && listens && !anew && patience > TYPING;
  }

  /** Was it pressed when it was asked for? How long a caller thought before does not matter then; how long one spoke does. */
  #isInTurn(act: Key, { listens }: Moment): boolean {
    const offers = act.node && appletFor(act.node).offers;
    return !this.#exact && listens && offers !== undefined && !this.#wouldBeSwallowed(act);
  }

  /** A finish key that came late enough to count would come too early if it did not wait. */
  #wouldBeSwallowed({ digit, node }: Key): boolean {
    const { key } = this.#cursor;
    const settings = key?.node?.settings as { finishOnKey?: string } | undefined;
    return key?.was === 'taken' && key.node !== node && settings?.finishOnKey === digit;
  }

  /** Brings the caller past every earlier chance to press, to the one that was taken. False when nothing marks it. */
  #waitFor(taken: Moment): boolean {
    const { moments, view } = this.#story;
    const { index } = this.#cursor;
    let first = moments.indexOf(taken);
    while (!moments[first]?.anew && moments[first - 1]?.listens && (moments[first - 1]?.index ?? 0) > index) first--;
    const missed = moments.slice(0, first).findLast((moment) => moment.index > index && moment.listens);
    if (!missed) return true;
    const start = moments[first] as Moment;
    for (let i = start.speeches - 1; i >= missed.speeches; i--) {
      const end = lastWordEnd(view.speeches[i], start.at);
      if (end !== undefined) return this.#hear(i, end) !== undefined;
    }
    return false;
  }

  /** Brings the caller to the instant of an act: by the last words heard before it, by the applet, or by waiting. */
  #approach(act: Act): Ms {
    const at = clearOf(this.#story, act);
    const before = this.#story.moments.findLast((moment) => moment.index < act.index && moment.at <= at);
    const marked = this.#exact || !before ? undefined : (this.#lastWords(at, before) ?? this.#entering(before));
    const since = marked ?? this.#cursor.at;
    if (at > since) this.steps.push({ step: { wait: showDuration(ms(at - since)) } });
    return at;
  }

  #lastWords(at: Ms, before: Moment): Ms | undefined {
    const { view } = this.#story;
    const i = view.speeches.findLastIndex((speech, n) => speech.leg === 1 && n < before.speeches);
    const speech = view.speeches[i];
    const last = lastWordEnd(speech, at);
    if (!speech || last === undefined || heardAt(speech, last) < this.#cursor.at) return undefined;
    // A long silence, or another applet, says more than words long past.
    return this.#entering(before, speech.until ?? at) ?? this.#hear(i, last);
  }

  /** Marks the applet that was entered last, when that was after `after` and its name says which visit is meant. */
  #entering({ visits }: Moment, after: Ms = this.#cursor.at): Ms | undefined {
    const { entrances, view } = this.#story;
    const [visit, node] = [visits - 1, view.visited[visits - 1]?.node];
    const at = entrances[visit];
    if (at === undefined || node === undefined || at <= after || at < this.#cursor.at) return undefined;
    const here = this.#story.moments.find((moment) => moment.index >= this.#cursor.index)?.visits ?? 0;
    if (here - 1 !== visit && view.visited[here - 1]?.node === node) return undefined;
    if (view.visited.findIndex((one, i) => i >= this.#cursor.passed && one.node === node) !== visit) return undefined;
    this.#cursor.passed = visit + 1;
    this.steps.push({ step: { at: node } });
    return at;
  }

  /** Writes what is heard up to a character of a speech; the instant at which it has been heard. */
  #hear(speech: number, char: number): Ms | undefined {
    const { view } = this.#story;
    const found = phraseFor(this.#story, this.#cursor.ear, speech, char);
    if (!found) return undefined;
    for (let i = 0; i < found.times; i++) this.steps.push({ step: { hear: found.phrase } });
    this.#cursor.ear = { speech, char };
    const said = view.speeches[speech];
    return said && heardAt(said, char);
  }
}

const SAID: Partial<Record<Key['was'], string>> = {
  'not-offered': 'not offered',
  ignored: 'nobody listens',
  skipped: 'ends the greeting',
  forwarded: 'ends the greeting, kept for the next menu',
  swallowed: 'already complete',
};

const QUARTER = 15 * 60_000;

/**
 * A scripted caller presses as soon as it may. Where the clock decides, that would change the call: the time limit, and
 * opening hours that begin or end meanwhile (on a quarter of an hour, as offices do).
 */
function needsExactTimes({ log, view }: Story): boolean {
  if (view.ended?.by === 'time-limit') return true;
  const first = view.startedAt;
  return log.some(
    ({ e, at }) =>
      e.type === 'input' && e.input.type === 'hours.answered' && Math.floor(at / QUARTER) !== Math.floor(first / QUARTER),
  );
}

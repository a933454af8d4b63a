import { fold } from '../call/fold.ts';
import type { LiveCall } from '../call/run.ts';
import { type CallView, emptyView } from '../call/view.ts';
import type { Logged } from '../core/event.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Digit } from '../core/input.ts';
import type { Clock } from '../core/ports.ts';
import { parseDuration } from '../core/time.ts';
import { type Ear, earAt, listen } from './hearing.ts';
import { canPress, TYPING } from './keys.ts';
import type { Step } from './schema.ts';

/** A scripted caller at work on a call. */
export type Driver = {
  /** The step that is not done yet; the number of steps when all are. */
  readonly at: number;
  /** How many lines the transcript had when that step's turn came. */
  readonly since: number;
  readonly view: CallView;
};

/** Does the steps one after the other, each as soon as the call lets it. */
export function driveSteps(call: LiveCall, steps: readonly Step[], clock: Clock): Driver {
  const view = emptyView();
  let at = 0;
  let since = 0;
  let busy = false;
  let ear: Ear = { speech: 0, char: 0 };
  let passed = 0;
  let kept = 0;
  /** When the ear is next put to the phone. */
  let listening: Ms | undefined;

  const done = (): void => {
    busy = false;
    at++;
    // What a key set off at once already belongs to the next step.
    const key = steps[at - 1]?.type === 'press' || steps[at - 1]?.type === 'barge';
    since = key ? view.lines.findLastIndex(({ type }) => type === 'key') + 1 : view.lines.length;
    look();
  };
  const later = (due: Ms, then: () => void): void => {
    busy = true;
    clock.alarm(ms(Math.max(due, clock.now())), then);
  };
  const again = (): void => {
    busy = false;
    look();
  };
  const type = (digits: readonly Digit[]): void => {
    const [first, ...rest] = digits;
    if (first === undefined || view.ended) {
      done();
      return;
    }
    call.press(first);
    ear = earAt(view.speeches, clock.now());
    if (rest.length === 0) done();
    else later(ms(clock.now() + TYPING), () => type(rest));
  };

  function hear(step: Extract<Step, { type: 'hear' }>): void {
    const hearing = listen(view, ear, step.match, clock.now());
    if (hearing.type === 'heard') {
      ear = hearing.next;
      done();
    } else if (hearing.type === 'not yet') {
      ear = hearing.next;
    } else {
      const { at: due } = hearing;
      if (due === listening) return;
      listening = due;
      clock.alarm(due, () => {
        listening = undefined;
        if (steps[at]?.type === 'hear') look();
      });
    }
  }

  /** One key after the other, and again from the first, whenever the call asks for one; over when the call is. */
  function keep({ digits }: Extract<Step, { type: 'keep' }>): void {
    if (view.ended) {
      done();
      return;
    }
    if (!canPress(call)) return;
    later(clock.now(), () => {
      if (!canPress(call)) {
        again();
        return;
      }
      call.press(digits[kept++ % digits.length] as Digit);
      later(ms(clock.now() + TYPING), again);
    });
  }

  function quiet(step: Extract<Step, { type: 'quiet' }>): void {
    const wait = parseDuration(step.until);
    if (wait !== undefined && view.answeredAt !== undefined) later(ms(view.answeredAt + wait), done);
    else if (step.until === 'end' ? view.ended : reached(step.until)) done();
  }

  function reached(node: string): boolean {
    const found = view.visited.findIndex((one, i) => i >= passed && one.node === node);
    if (found < 0) return view.node === node;
    passed = found + 1;
    return true;
  }

  function look(): void {
    const step = steps[at];
    if (busy || !step || view.answeredAt === undefined) return;
    if (step.type === 'hear') hear(step);
    else if (step.type === 'at') reached(step.node) && done();
    else if (step.type === 'quiet') quiet(step);
    else if (step.type === 'keep') keep(step);
    else if (view.ended) return;
    else if (step.type === 'wait') later(ms(clock.now() + step.for), done);
    else if (step.type === 'hang up') {
      later(clock.now(), () => {
        if (view.ended) return;
        call.hangUp();
        done();
      });
    } else if (step.type === 'barge' || canPress(call)) {
      later(clock.now(), () => (step.type === 'barge' || canPress(call) ? type(step.digits) : again()));
    }
  }

  const take = (logged: Logged): void => {
    fold(view, logged);
    look();
  };
  for (const logged of [...call.log]) take(logged);
  call.subscribe(take);
  return {
    get at() {
      return at;
    },
    get since() {
      return since;
    },
    view,
  };
}

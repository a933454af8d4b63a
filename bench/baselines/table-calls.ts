import type { CallEvent } from '../../src/core/event.ts';
import type { Digit } from '../../src/core/input.ts';
import { MENU_TRIES, MENU_WAIT, type PlayCall, pressesOf, START, TIME_LIMIT } from '../appointment.ts';
import { askGate, BaselineCall, type BaselineStimulus } from './baseline-call.ts';
import * as E from './events.ts';
import { type Alarm, SimulatedClock } from './simulated-clock.ts';

/*
 * The ceiling of `engine-calls`: the same call as a table written by hand, with nothing general about it. Committed once;
 * nobody may slow it. test/bench.test.ts demands that its log equals ours, event by event.
 */
type Row = Partial<Record<BaselineStimulus['type'] | 'waited', (call: TableCall, stimulus: BaselineStimulus) => Row>>;

const logKey = (call: TableCall, stimulus: BaselineStimulus, write: (digit: Digit) => void): void => {
  if (!('digit' in stimulus)) return;
  call.write(E.PRESSED[stimulus.digit]);
  write(stimulus.digit);
};
const ignored = (row: Row) => (call: TableCall, stimulus: BaselineStimulus) => {
  logKey(call, stimulus, (digit) => call.write(E.IGNORED[digit]));
  return row;
};

function toMenu(call: TableCall): Row {
  call.play(E.SPOKEN.menu);
  return menu;
}
function toBye(call: TableCall, left: CallEvent): Row {
  call.write(left);
  call.write(E.ENTERED.bye);
  call.write(E.HANG_UP);
  call.write(E.ENDED);
  call.forgetLimit();
  return over;
}
function confirm(call: TableCall): Row {
  call.write(E.TAKEN_1);
  call.write(E.ACCEPTED_1);
  call.write(E.LEFT.by1);
  call.write(E.ENTERED.confirmed);
  call.write(E.GOAL);
  call.play(E.SPOKEN.confirmed);
  return confirmed;
}
function optOut(call: TableCall): Row {
  call.write(E.TAKEN_9);
  call.write(E.ACCEPTED_9);
  call.write(E.LEFT.by9);
  call.write(E.ENTERED.optOut);
  call.optOut();
  return recording;
}
function refuse(call: TableCall): Row {
  if (++call.tries >= MENU_TRIES) return toBye(call, E.LEFT.invalid);
  call.play(E.SPOKEN.wrongKey);
  return wrongKey;
}

const over: Row = {};
const everywhere = {
  hungUp(call) {
    call.write(E.HUNG_UP);
    call.write(E.ENDED_BY_CALLER);
    call.forgetLimit();
    return over;
  },
  timeLimit(call) {
    call.write(E.LIMIT_FIRED);
    call.write(E.HANG_UP);
    call.write(E.ENDED_BY_LIMIT);
    return over;
  },
} satisfies Row;
const playing = {
  ...everywhere,
  '1'(call) {
    call.write(E.PRESSED['1']);
    call.stop();
    return confirm(call);
  },
  '9'(call) {
    call.write(E.PRESSED['9']);
    call.stop();
    return optOut(call);
  },
  other(call, stimulus) {
    logKey(call, stimulus, (digit) => {
      call.stop();
      call.write(E.NOT_OFFERED[digit]);
    });
    return refuse(call);
  },
} satisfies Row;

/** A row that listens to no key. */
const deaf = (more: Row): Row => {
  const row: Row = { ...everywhere, ...more };
  row['1'] = row['9'] = row.other = ignored(row);
  return row;
};
const speaks = (left: CallEvent): Row =>
  deaf({
    finished(call) {
      call.write(E.FINISHED);
      return toBye(call, left);
    },
  });

const dialling = deaf({
  ringing(call) {
    call.write(E.RINGING);
    return ringing;
  },
});
const ringing = deaf({
  answered(call) {
    call.write(E.ANSWERED);
    call.write(E.LIMIT_SET);
    call.limit();
    call.write(E.ENTERED.welcome);
    call.play(call.welcome());
    return welcome;
  },
});
const welcome = deaf({
  finished(call) {
    call.write(E.FINISHED);
    call.write(E.LEFT.welcome);
    call.write(E.ENTERED.menu);
    return toMenu(call);
  },
});
const menu: Row = {
  ...playing,
  finished(call) {
    call.write(E.FINISHED);
    call.write(E.WAIT_SET);
    call.wait();
    return waiting;
  },
};
const waiting: Row = {
  ...everywhere,
  waited(call) {
    call.write(E.WAIT_FIRED);
    return ++call.tries >= MENU_TRIES ? toBye(call, E.LEFT.noInput) : toMenu(call);
  },
  '1'(call) {
    call.write(E.PRESSED['1']);
    call.forgetWait();
    return confirm(call);
  },
  '9'(call) {
    call.write(E.PRESSED['9']);
    call.forgetWait();
    return optOut(call);
  },
  other(call, stimulus) {
    call.forgetWait();
    logKey(call, stimulus, (digit) => call.write(E.NOT_OFFERED[digit]));
    return refuse(call);
  },
};
const wrongKey: Row = {
  ...playing,
  finished(call) {
    call.write(E.FINISHED);
    return toMenu(call);
  },
};
const confirmed = speaks(E.LEFT.confirmed);
const recording = deaf({
  recorded(call, stimulus) {
    if ('fact' in stimulus) call.write(E.recorded(stimulus.fact));
    call.write(E.LEFT.optOut);
    call.write(E.ENTERED.removed);
    call.play(E.SPOKEN.removed);
    return removed;
  },
});
const removed = speaks(E.LEFT.removed);

class TableCall extends BaselineCall {
  tries = 0;
  #row = dialling;
  #wait: Alarm | undefined;
  #limit: Alarm | undefined;

  override give = (stimulus: BaselineStimulus): void => {
    this.#row = this.#row[stimulus.type]?.(this, stimulus) ?? this.#row;
  };

  wait(): void {
    this.#wait = this.clock.setTimeout(() => {
      this.#row = this.#row.waited?.(this, { type: 'finished' }) ?? this.#row;
    }, MENU_WAIT);
  }
  forgetWait(): void {
    this.clock.clearTimeout(this.#wait);
  }
  limit(): void {
    this.#limit = this.clock.setTimeout(() => this.give({ type: 'timeLimit' }), TIME_LIMIT);
  }
  forgetLimit(): void {
    this.clock.clearTimeout(this.#limit);
  }
}

/** By the table, on a clock of its own. */
export const playTableCall: PlayCall = async (i, facts) => {
  const clock = new SimulatedClock(START);
  await askGate(facts);
  const call = new TableCall(facts, clock);
  call.dial();
  for (const { after, key } of pressesOf(i)) clock.setTimeout(() => call.press(key), after);
  while (!clock.run()) await undefined;
  return call.log;
};

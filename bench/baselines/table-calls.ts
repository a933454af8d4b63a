import type { CallEvent } from '../../src/core/event.ts';
import type { Digit } from '../../src/core/input.ts';
import { speechTime } from '../../src/core/speech.ts';
import { ANSWERS_AFTER, MENU_TRIES, MENU_WAIT, type PlayCall, pressesOf, START, TEXTS, TIME_LIMIT } from '../appointment.ts';
import { askGate, BaselineCall } from './baseline-call.ts';
import * as E from './events.ts';
import { SimulatedClock } from './simulated-clock.ts';

/*
 * The ceiling of `engine-calls`: the same call as a table written by hand, with nothing general about it. No machine, no
 * applets, no ports to the phone. Committed once; nobody may slow it. test/bench.test.ts demands that its log equals ours,
 * event by event.
 */
type Row = {
  /** How long the call stays here on its own. */
  wait: number;
  /** What it does when that time is over. */
  over: (call: TableCall) => void;
  /** Where keys are taken: what a key interrupts. */
  keys?: readonly CallEvent[];
};

const NONE: readonly CallEvent[] = [];
const STOPS: readonly CallEvent[] = [E.STOP];

const toBye = (call: TableCall, left: CallEvent): void => {
  call.write(left);
  call.write(E.ENTERED.bye);
  call.write(E.HANG_UP);
  call.write(E.ENDED);
  call.end();
};
const toMenu = (call: TableCall): void => {
  call.write(E.SPOKEN.menu);
  call.go(TABLE.menu);
};

const TABLE = {
  ringing: {
    wait: ANSWERS_AFTER,
    over(call) {
      call.write(E.ANSWERED);
      call.write(E.LIMIT_SET);
      call.limit();
      call.write(E.ENTERED.welcome);
      const spoken = call.welcome();
      call.write(spoken);
      call.go(TABLE.welcome, E.lengthOf(spoken));
    },
  },
  welcome: {
    wait: 0,
    over(call) {
      call.write(E.FINISHED);
      call.write(E.LEFT.welcome);
      call.write(E.ENTERED.menu);
      toMenu(call);
    },
  },
  menu: {
    wait: speechTime(TEXTS.menu),
    over(call) {
      call.write(E.FINISHED);
      call.write(E.WAIT_SET);
      call.go(TABLE.waiting);
    },
    keys: STOPS,
  },
  waiting: {
    wait: MENU_WAIT,
    over(call) {
      call.write(E.WAIT_FIRED);
      if (++call.tries >= MENU_TRIES) toBye(call, E.LEFT.noInput);
      else toMenu(call);
    },
    keys: NONE,
  },
  wrongKey: {
    wait: speechTime(TEXTS.wrongKey),
    over(call) {
      call.write(E.FINISHED);
      toMenu(call);
    },
    keys: STOPS,
  },
  confirmed: {
    wait: speechTime(TEXTS.confirmed),
    over(call) {
      call.write(E.FINISHED);
      toBye(call, E.LEFT.confirmed);
    },
  },
  optOut: { wait: Number.POSITIVE_INFINITY, over: () => {} },
  removed: {
    wait: speechTime(TEXTS.removed),
    over(call) {
      call.write(E.FINISHED);
      toBye(call, E.LEFT.removed);
    },
  },
} satisfies Record<string, Row>;

class TableCall extends BaselineCall {
  tries = 0;
  #at: Row = TABLE.ringing;
  #alarm: ReturnType<SimulatedClock['setTimeout']> | undefined;
  #limit: ReturnType<SimulatedClock['setTimeout']> | undefined;

  start(): void {
    this.begin();
    this.write(E.RINGING);
    this.go(TABLE.ringing);
  }

  go(row: Row, wait = row.wait): void {
    this.clock.clearTimeout(this.#alarm);
    this.#at = row;
    this.#alarm = wait === Number.POSITIVE_INFINITY ? undefined : this.clock.setTimeout(() => row.over(this), wait);
  }

  limit(): void {
    const over = () => {
      this.writeAll([E.LIMIT_FIRED, E.HANG_UP, E.ENDED_BY_LIMIT]);
      this.end();
    };
    this.#limit = this.clock.setTimeout(over, TIME_LIMIT);
  }

  end(): void {
    this.clock.clearTimeout(this.#alarm);
    this.clock.clearTimeout(this.#limit);
  }

  press(digit: Digit): void {
    const { keys } = this.#at;
    this.write(E.PRESSED[digit]);
    if (!keys) {
      this.write(E.IGNORED[digit]);
      return;
    }
    for (const e of keys) this.write(e);
    if (digit === '1') this.#confirm();
    else if (digit === '9') this.#optOut();
    else {
      this.write(E.NOT_OFFERED[digit]);
      if (++this.tries >= MENU_TRIES) toBye(this, E.LEFT.invalid);
      else {
        this.write(E.SPOKEN.wrongKey);
        this.go(TABLE.wrongKey);
      }
    }
  }

  #confirm(): void {
    this.write(E.TAKEN_1);
    this.write(E.ACCEPTED_1);
    this.write(E.LEFT.by1);
    this.write(E.ENTERED.confirmed);
    this.write(E.GOAL);
    this.write(E.SPOKEN.confirmed);
    this.go(TABLE.confirmed);
  }

  #optOut(): void {
    this.write(E.TAKEN_9);
    this.write(E.ACCEPTED_9);
    this.write(E.LEFT.by9);
    this.write(E.ENTERED.optOut);
    this.write(E.OPT_OUT);
    this.go(TABLE.optOut);
    this.optOut((fact) => {
      this.write(E.recorded(fact));
      this.write(E.LEFT.optOut);
      this.write(E.ENTERED.removed);
      this.write(E.SPOKEN.removed);
      this.go(TABLE.removed);
    });
  }
}

/** By the table, on a clock of its own. */
export const playTableCall: PlayCall = async (i, facts) => {
  const clock = new SimulatedClock(START);
  await askGate(facts);
  const call = new TableCall(facts, clock);
  call.start();
  for (const { after, key } of pressesOf(i)) clock.setTimeout(() => call.press(key), after);
  while (!clock.run()) await undefined;
  return call.log;
};

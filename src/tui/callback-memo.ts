import type { Logged } from '../core/event.ts';
import type { Branch } from './phone-state.ts';
import type { CallbackPreview, PhoneSession } from './session.ts';

/** What a status callback can depend on: other events are folded into the next one that is due. */
const matters = ({ e }: Logged): boolean => e.type === 'ended' || (e.type === 'input' && e.input.type === 'leg.changed');

/** The callbacks of what is shown; made anew only when something happened that could change them. */
export class CallbackMemo {
  readonly #session: Pick<PhoneSession, 'callbacks'>;
  #log: readonly Logged[] | undefined;
  #length = 0;
  #made: readonly CallbackPreview[] = [];

  constructor(session: Pick<PhoneSession, 'callbacks'>) {
    this.#session = session;
  }

  of({ phone, past }: Branch): readonly CallbackPreview[] {
    const { log } = phone.call;
    const length = past ?? log.length;
    const grown = log === this.#log && length >= this.#length;
    if (!grown || log.slice(this.#length, length).some(matters)) this.#made = this.#session.callbacks(log.slice(0, length));
    this.#log = log;
    this.#length = length;
    return this.#made;
  }
}

import { ms } from '../core/ids.ts';
import type { Cancel } from '../core/ports.ts';
import type { PhoneSession } from './session.ts';

/** How often the screen follows a call in which something moves; keys and events show at once. */
const FRAME = ms(125);

/** When the screen is to be drawn anew: again and again as long as something moves, and after what happens. */
export class Frames {
  readonly #session: Pick<PhoneSession, 'every'>;
  readonly #draw: () => void;
  #ticking: Cancel | undefined;
  #due = false;
  #over = false;

  constructor(session: Pick<PhoneSession, 'every'>, draw: () => void) {
    this.#session = session;
    this.#draw = draw;
  }

  /** Does something move? */
  move(yes: boolean): void {
    if (yes && !this.#over) this.#ticking ??= this.#session.every(FRAME, this.#draw);
    else {
      this.#ticking?.();
      this.#ticking = undefined;
    }
  }

  /** Nothing moves any more. */
  end(): void {
    this.#over = true;
    this.move(false);
  }

  /** One frame for everything that happens at once. */
  readonly soon = (): void => {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#draw();
    });
  };
}

/** What the phone asks of the terminal it is shown on. */
export type Stagehand = {
  /** Gives the terminal back while something else has it. */
  away(work: () => Promise<void>): Promise<void>;
  suspend(): Promise<void>;
  /** Puts text on the clipboard of whoever sits there. */
  copy(text: string): void;
  listenToMouse(on: boolean): void;
};

/** The terminal behind the phone, once there is one. Only one at a time has it. */
export class Backstage {
  hand: Stagehand | undefined;
  /** Somebody else has the terminal. */
  away = false;

  /** @param changed hears that `away` has changed. */
  async lend(work: () => Promise<void>, changed: () => void): Promise<void> {
    if (this.away || !this.hand) return;
    this.away = true;
    changed();
    try {
      await this.hand.away(work);
    } finally {
      this.away = false;
      changed();
    }
  }
}

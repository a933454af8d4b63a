type Work = (done: () => void) => void;

/** Works in lanes: in each one after the other, in the order of entering; lanes do not wait for each other. */
export type Lanes = {
  enter(lane: string, work: Work): void;
  /** Something that is about to enter a lane, and has. */
  begin(): void;
  end(): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
};

export function createLanes(): Lanes {
  const lanes = new Map<string, Work[]>();
  let open = 0;
  let waiting: (() => void)[] = [];

  function end(): void {
    if (--open > 0) return;
    for (const done of waiting) done();
    waiting = [];
  }

  function next(lane: string): void {
    const [work] = lanes.get(lane) ?? [];
    if (work === undefined) {
      lanes.delete(lane);
      return;
    }
    let over = false;
    work(() => {
      if (over) return;
      over = true;
      lanes.get(lane)?.shift();
      end();
      next(lane);
    });
  }

  return {
    enter(lane, work) {
      open++;
      const queue = lanes.get(lane);
      if (queue !== undefined) {
        queue.push(work);
        return;
      }
      lanes.set(lane, [work]);
      next(lane);
    },
    begin: () => void open++,
    end,
    idle: () => new Promise((done) => (open === 0 ? done() : void waiting.push(done))),
  };
}

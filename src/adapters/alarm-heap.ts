import type { Ms } from '../core/ids.ts';
import type { Cancel } from '../core/ports.ts';

/** `ring` is undefined once it has rung or was cancelled. */
export type Alarm = { readonly due: Ms; readonly order: number; ring: (() => void) | undefined };

const before = (a: Alarm, b: Alarm): boolean => a.due < b.due || (a.due === b.due && a.order < b.order);

/** Below this many alarms, cancelled ones are left where they are. */
const WORTH_SWEEPING = 256;

/**
 * Alarms by (due time, order of arming): a binary heap. Cancelling only marks, so that it costs nothing;
 * marked alarms are skipped at the top, and swept out when they are the majority.
 */
export class AlarmHeap {
  #heap: Alarm[] = [];
  #armed = 0;
  #cancelled = 0;

  arm(due: Ms, ring: () => void): Cancel {
    const alarm: Alarm = { due, order: this.#armed++, ring };
    this.#heap.push(alarm);
    this.#up(this.#heap.length - 1);
    return () => {
      if (alarm.ring === undefined) return;
      alarm.ring = undefined;
      this.#cancelled++;
      if (this.#heap.length > WORTH_SWEEPING && this.#cancelled * 2 > this.#heap.length) this.#sweep();
    };
  }

  /** The next alarm that is still to ring, or nothing. */
  first(): Alarm | undefined {
    let top = this.#heap[0];
    while (top !== undefined && top.ring === undefined) {
      this.#removeTop();
      this.#cancelled--;
      top = this.#heap[0];
    }
    return top;
  }

  /** Takes what `first` has just returned. */
  take(alarm: Alarm): () => void {
    const ring = alarm.ring as () => void;
    alarm.ring = undefined;
    this.#removeTop();
    return ring;
  }

  #sweep(): void {
    this.#heap = this.#heap.filter((alarm) => alarm.ring !== undefined);
    this.#cancelled = 0;
    for (let i = (this.#heap.length >> 1) - 1; i >= 0; i--) this.#down(i);
  }

  #removeTop(): void {
    const last = this.#heap.pop() as Alarm;
    if (this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#down(0);
  }

  #up(from: number): void {
    const heap = this.#heap;
    const moving = heap[from] as Alarm;
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      const above = heap[parent] as Alarm;
      if (!before(moving, above)) break;
      heap[i] = above;
      i = parent;
    }
    heap[i] = moving;
  }

  #down(from: number): void {
    const heap = this.#heap;
    const size = heap.length;
    const moving = heap[from] as Alarm;
    let i = from;
    for (let child = 2 * i + 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && before(heap[child + 1] as Alarm, heap[child] as Alarm)) child++;
      if (!before(heap[child] as Alarm, moving)) break;
      heap[i] = heap[child] as Alarm;
      i = child;
    }
    heap[i] = moving;
  }
}

import type { NamedKeys } from '../named-keys.ts';
import { BOLD, DIM, type Row, row, span } from '../rows.ts';

const PAGE = 8;

/** The place that a key chooses instead; undefined when it is none that chooses. */
export function movedTo(at: number, count: number, typed: string, key: NamedKeys): number | undefined {
  const by =
    key.upArrow || (key.ctrl && typed === 'p')
      ? -1
      : key.downArrow || (key.ctrl && typed === 'n')
        ? 1
        : key.pageUp
          ? -PAGE
          : key.pageDown
            ? PAGE
            : 0;
  return by === 0 ? undefined : Math.max(0, Math.min(count - 1, at + by));
}

/** Things one below the other, two columns in; the chosen one is marked and in view. */
export function listRows(items: readonly (readonly Row[])[], chosen: number, height: number): readonly Row[] {
  const before = items.slice(0, chosen).reduce((sum, rows) => sum + rows.length, 0);
  const size = items[chosen]?.length ?? 0;
  const marked = items.flatMap((rows, n) =>
    rows.map((one, i): Row => [span(n === chosen && i === 0 ? '> ' : '  ', BOLD), ...one]),
  );
  const start = Math.max(0, Math.min(before - Math.floor((height - size) / 2), marked.length - height));
  const shown = marked.slice(start, start + height);
  const below = marked.length - start - height;
  return below > 0 ? [...shown.slice(0, -1), row(`  … ${below + 1} more rows`, DIM)] : shown;
}

type Accept =
  | { type: 'ranges'; ranges: readonly (readonly [number, number])[]; exact: ReadonlySet<string> }
  | { type: 'pattern'; pattern: RegExp };

const known = new Map<string, Accept | undefined>();

/** Reads a Gather's `accept`: `1-24`, `0,5`, `1-3,9`, or `/regex/` over the whole input. Undefined when it is none of these. */
export function parseAccept(text: string): Accept | undefined {
  if (!known.has(text)) known.set(text, read(text));
  return known.get(text);
}

function read(text: string): Accept | undefined {
  const regex = /^\/(.+)\/$/s.exec(text)?.[1];
  if (regex !== undefined) {
    try {
      return { type: 'pattern', pattern: new RegExp(`^(?:${regex})$`) };
    } catch {
      return undefined;
    }
  }
  const ranges: [number, number][] = [];
  const exact = new Set<string>();
  for (const part of text.split(',').map((p) => p.trim())) {
    const range = /^(\d{1,15})-(\d{1,15})$/.exec(part);
    if (range) {
      const [from, to] = [Number(range[1]), Number(range[2])];
      if (from > to) return undefined;
      ranges.push([from, to]);
    } else if (/^[\d*#]{1,255}$/.test(part)) exact.add(part);
    else return undefined;
  }
  return { type: 'ranges', ranges, exact };
}

/** Does the typed input pass? Leading zeros count in exact values, not in ranges. */
export function accepts(text: string, typed: string): boolean {
  const accept = parseAccept(text);
  if (!accept) return false;
  if (accept.type === 'pattern') return accept.pattern.test(typed);
  if (accept.exact.has(typed)) return true;
  return /^\d{1,15}$/.test(typed) && accept.ranges.some(([from, to]) => Number(typed) >= from && Number(typed) <= to);
}

const IN_WORD = 1;
const WORD_START = 8;
const CONSECUTIVE = 6;
/** For a word that is found in a better place. */
const PLACE = 6;
/** A letter must be worth so much on average: letters that only happen to stand in a sentence mean nothing. */
const LEAST = 3;

/** How well the letters of a word stand in a text, in their order; undefined when they do not. Both in lower case. */
function lettersIn(word: string, text: string): number | undefined {
  /** For each letter of the text, the best that ends there. */
  let ends: readonly (number | undefined)[] = [];
  for (let i = 0; i < word.length; i++) {
    let best: number | undefined = i === 0 ? 0 : undefined;
    const next: (number | undefined)[] = [];
    for (let j = 0; j < text.length; j++) {
      const beside = ends[j - 1];
      const before = beside === undefined ? best : Math.max(best ?? 0, beside + CONSECUTIVE);
      const own = j === 0 || /[^\p{L}\p{N}]/u.test(text[j - 1] ?? '') ? WORD_START : IN_WORD;
      next.push(word[i] === text[j] && before !== undefined ? before + own : undefined);
      if (beside !== undefined) best = Math.max(best ?? 0, beside);
    }
    ends = next;
  }
  const found = ends.filter((one) => one !== undefined && one >= LEAST * word.length) as readonly number[];
  return found.length > 0 ? Math.max(...found) : undefined;
}

/** Of the places where a word is found, what the best is worth. */
function wordIn(word: string, texts: readonly string[]): number | undefined {
  const scores = texts.flatMap((text, place) => {
    const score = lettersIn(word, text);
    return score === undefined ? [] : [score + PLACE * (texts.length - place)];
  });
  return scores.length > 0 ? Math.max(...scores) : undefined;
}

/**
 * The things that somebody may mean by what they typed, the likeliest first; among equals in the order they came.
 * @param textsOf where its words are looked for, the best place first. Every word must be found in one of them.
 */
export function matches<T>(query: string, things: readonly T[], textsOf: (thing: T) => readonly string[]): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return things
    .flatMap((thing) => {
      const texts = textsOf(thing).map((text) => text.toLowerCase());
      const scores = words.flatMap((word) => wordIn(word, texts) ?? []);
      return scores.length < words.length ? [] : [{ thing, score: scores.reduce((sum, one) => sum + one, 0) }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ thing }) => thing);
}

import { fail, inline, KEY, NotPlain, RESERVED } from './quick-line.ts';

type Line = { indent: number; text: string };

/** Controls and every white space but spaces and line feeds; the marks of documents, directives and merges. */
const UNUSUAL = /[^\S\n ]|[^\n\u0020-\u007e\u00a1-\ufefe\uff00-\ufffd]|^(?:---|\.\.\.|%)|<</m;

/**
 * The value of a YAML text, when it is of the plain kind in which scenarios are written: block maps and lists, scalars
 * and flow collections on one line, comments. Many times faster than a whole YAML parser, and never a guess: whatever is
 * not surely plain (anchors, tags, block scalars, texts over several lines, mistakes) is undefined and left to the `yaml`
 * package. A test holds it against that package.
 */
export function quickYaml(text: string): { value: unknown } | undefined {
  if (UNUSUAL.test(text)) return undefined;
  try {
    const reader = new Reader(text);
    const value = reader.block(0);
    return reader.done ? { value } : undefined;
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

class Reader {
  readonly #lines: Line[] = [];
  #at = 0;

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const bare = line.trimStart();
      if (bare === '' || bare.startsWith('#')) continue;
      if (line.length > 1000) fail();
      this.#lines.push({ indent: line.length - bare.length, text: bare });
    }
  }

  get done(): boolean {
    return this.#at === this.#lines.length;
  }

  #next(): Line | undefined {
    return this.#lines[this.#at];
  }

  block(indent: number): unknown {
    const line = this.#next();
    if (line?.indent !== indent) return fail();
    return isItem(line.text) ? this.#list(indent) : this.#map(indent);
  }

  #list(indent: number): unknown[] {
    const items: unknown[] = [];
    for (let line = this.#next(); line?.indent === indent && isItem(line.text); line = this.#next()) {
      const rest = line.text.slice(1).trimStart();
      if (rest === '' || rest.startsWith('#')) fail();
      if (KEY.test(rest)) {
        // A map that begins behind its dash: the same as one on lines of its own.
        const inner = indent + line.text.length - rest.length;
        this.#lines[this.#at] = { indent: inner, text: rest };
        items.push(this.#map(inner));
      } else {
        this.#at++;
        items.push(inline(rest));
      }
      if ((this.#next()?.indent ?? 0) > indent) fail();
    }
    return items;
  }

  #map(indent: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (let line = this.#next(); line?.indent === indent; line = this.#next()) {
      const match = KEY.exec(line.text);
      const key = match?.[1] ?? fail();
      if (Object.hasOwn(map, key) || RESERVED.test(key)) fail();
      this.#at++;
      map[key] = this.#valueOf(line.text.slice(match?.[0].length).trimStart(), indent);
    }
    if ((this.#next()?.indent ?? 0) > indent) fail();
    return map;
  }

  #valueOf(rest: string, indent: number): unknown {
    const next = this.#next();
    if (rest !== '' && !rest.startsWith('#')) {
      if (next && next.indent > indent) fail();
      return inline(rest);
    }
    if (next && (next.indent > indent || (next.indent === indent && isItem(next.text)))) return this.block(next.indent);
    return null;
  }
}

const isItem = (text: string): boolean => text === '-' || text.startsWith('- ');

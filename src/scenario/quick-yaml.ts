/**
 * A reader for the plain part of YAML in which scenarios are written: block maps and lists, scalars and flow
 * collections on one line, comments. It is many times faster than a whole YAML parser, and it never guesses: whatever
 * is not surely plain (anchors, tags, block scalars, texts over several lines, mistakes) is left to the `yaml` package.
 * A test holds it against that package.
 */
type Line = { indent: number; text: string };
/** Controls and every white space but spaces and line feeds; the marks of documents, directives and merges. */
const UNUSUAL = /[^\S\n ]|[^\n\u0020-\u007e\u00a1-\ufefe\uff00-\ufffd]|^(?:---|\.\.\.|%)|<</m;

/** Not plain: somebody else must read it. */
class NotPlain extends Error {}

/** The value of a YAML text; undefined when the text is not plain. */
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

const fail = (): never => {
  throw new NotPlain();
};

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
/** A word or words, then a colon. */
const KEY = /^([A-Za-z][\w.-]*(?: [\w.-]+)*):(?= |$)/;
const RESERVED = /^(?:null|true|false|__proto__)$/i;

/** A scalar or flow collection with nothing but a comment behind it. */
function inline(text: string): unknown {
  const flow = new Flow(text);
  const value = flow.value(/ #/);
  flow.end();
  return value;
}

/** Reads one line from left to right. */
class Flow {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #space(): void {
    while (this.#text[this.#at] === ' ') this.#at++;
  }

  end(): void {
    const before = this.#at;
    this.#space();
    const rest = this.#text.slice(this.#at);
    if (rest !== '' && !(rest.startsWith('#') && this.#at > before)) fail();
  }

  /** `stop` is what a plain scalar ends before. */
  value(stop: RegExp): unknown {
    const first = this.#text[this.#at] ?? '';
    if (first === '"' || first === "'") return this.#quoted(first);
    if (first === '[') return this.#list();
    if (first === '{') return this.#map();
    return plain(this.#bare(stop));
  }

  #bare(stop: RegExp): string {
    const rest = this.#text.slice(this.#at);
    const found = rest.search(stop);
    const bare = (found < 0 ? rest : rest.slice(0, found)).trimEnd();
    this.#at += bare.length;
    return bare;
  }

  #quoted(quote: string): string {
    const match = (quote === '"' ? /"([^"\\]*)"/y : /'((?:[^']|'')*)'/y).exec(this.#text.slice(this.#at));
    if (!match) return fail();
    this.#at += match[0].length;
    return quote === '"' ? (match[1] ?? '') : (match[1] ?? '').replaceAll("''", "'");
  }

  #list(): unknown[] {
    const items: unknown[] = [];
    this.#at++;
    this.#space();
    while (this.#text[this.#at] !== ']') {
      items.push(this.value(IN_FLOW));
      this.#comma(']');
    }
    this.#at++;
    return items;
  }

  #map(): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    this.#at++;
    this.#space();
    while (this.#text[this.#at] !== '}') {
      const key = KEY.exec(this.#text.slice(this.#at))?.[1] ?? fail();
      if (Object.hasOwn(map, key) || RESERVED.test(key)) fail();
      this.#at += key.length + 1;
      this.#space();
      map[key] = this.value(IN_FLOW);
      this.#comma('}');
    }
    this.#at++;
    return map;
  }

  #comma(close: string): void {
    this.#space();
    const next = this.#text[this.#at];
    if (next === close) return;
    if (next !== ',' || this.#text[this.#at + 1] !== ' ') fail();
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === close) fail();
  }
}

const IN_FLOW = /[,[\]{}#]|: |:$/;

/** What YAML makes of a plain scalar; the rare spellings of numbers are left to the parser. */
function plain(text: string): unknown {
  if (text === '' || /^[?:,[\]{}#&*!|>'"%@`]|^-(?: |$)|: |:$|[[\]{}]/.test(text)) return fail();
  if (text.length <= 5 && /^(?:~|null|true|false)$/i.test(text)) {
    return text === 'true' ? true : text === 'false' ? false : text === 'null' ? null : fail();
  }
  if (!/^[-+.0-9]/.test(text)) return text;
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(text)) return Number(text);
  return /^[-+.\da-fxoein]+$/i.test(text) ? fail() : text;
}

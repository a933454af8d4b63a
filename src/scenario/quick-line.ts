/** Not plain: somebody else must read it. */
export class NotPlain extends Error {}

export const fail = (): never => {
  throw new NotPlain();
};

/** A word or words, then a colon. */
export const KEY = /^([A-Za-z][\w.-]*(?: [\w.-]+)*):(?= |$)/;
export const RESERVED = /^(?:null|true|false|__proto__)$/i;

/** A scalar or flow collection with nothing but a comment behind it. */
export function inline(text: string): unknown {
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

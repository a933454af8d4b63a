import { decodeText } from './entities.ts';
import { type Fault, Malformed } from './fault.ts';
import { scanName, scanTag } from './scan-tag.ts';
import type { XmlElement } from './xml.ts';

export type Scanned = { ok: true; root: XmlElement } | { ok: false; fault: Fault };

const DEEPEST = 64;
const MOST_ELEMENTS = 20_000;

/**
 * Reads XML into elements that know their places; the first fault ends it. One pass, and no more memory than the limits
 * on elements, attributes and nesting allow.
 */
export function scan(text: string): Scanned {
  try {
    return { ok: true, root: new Scanner(text).run() };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, fault: error.fault };
    throw error;
  }
}

class Scanner {
  readonly #text: string;
  readonly #open: XmlElement[] = [];
  #root: XmlElement | undefined;
  #elements = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): XmlElement {
    let at = 0;
    while (at < this.#text.length) at = this.#piece(at);
    const unclosed = this.#open.at(-1);
    if (unclosed) {
      const says = `<${unclosed.name}> is never closed.`;
      throw new Malformed('FLOW_NOT_XML', unclosed.at, says, `Add </${unclosed.name}>, or end the tag with />.`);
    }
    if (!this.#root) throw new Malformed('FLOW_NOT_XML', 0, 'This file holds no element.', 'A flow begins with <Flow …>.');
    return this.#root;
  }

  /** Reads what begins here; returns where it ends. */
  #piece(at: number): number {
    const text = this.#text;
    if (text[at] !== '<') return this.#characters(at);
    if (text.startsWith('<!--', at)) return this.#comment(at);
    if (text.startsWith('<![CDATA[', at)) return this.#cdata(at);
    if (text.startsWith('<?', at)) return this.#instruction(at);
    if (text.startsWith('</', at)) return this.#endTag(at);
    if (/^<!doctype/i.test(text.slice(at, at + 9))) {
      throw new Malformed(
        'FLOW_DOCTYPE',
        at,
        'A DOCTYPE is refused.',
        'Remove it; for checks in an editor use schema/press9.xsd.',
      );
    }
    return this.#startTag(at);
  }

  #startTag(at: number): number {
    const { name, attributes, closed, end } = scanTag(this.#text, at);
    const parent = this.#open.at(-1);
    if (!parent && this.#root) {
      throw new Malformed(
        'FLOW_TWO_ROOTS',
        at,
        `A second element <${name}> stands after </${this.#root.name}>.`,
        'Move it inside.',
      );
    }
    if (this.#open.length >= DEEPEST) {
      throw new Malformed(
        'FLOW_TOO_DEEP',
        at,
        `Elements are nested more than ${DEEPEST} deep here.`,
        'Is a closing tag missing?',
      );
    }
    if (++this.#elements > MOST_ELEMENTS) {
      throw new Malformed(
        'FLOW_TOO_MANY',
        at,
        `This file has more than ${MOST_ELEMENTS} elements.`,
        'Split it into several flows.',
      );
    }
    const element: XmlElement = { name, at, attributes, children: [], text: '' };
    if (parent) parent.children.push(element);
    else this.#root = element;
    if (!closed) this.#open.push(element);
    return end;
  }

  #endTag(at: number): number {
    const name = scanName(this.#text, at + 2);
    const top = this.#open.pop();
    const end = /[ \t\r\n]*>/y;
    end.lastIndex = at + 2 + name.length;
    if (name === '' || !end.test(this.#text)) {
      throw new Malformed('FLOW_NOT_XML', at, 'This closing tag is not complete.', 'A closing tag is written </Name>.');
    }
    if (!top) throw new Malformed('FLOW_NOT_XML', at, `</${name}> closes nothing.`, 'Remove it.');
    if (top.name !== name) {
      const line = this.#text.slice(0, top.at).split(/\r\n|\n|\r/).length;
      const says = `</${name}> stands here, but <${top.name}> of line ${line} is still open.`;
      throw new Malformed('FLOW_NOT_XML', at, says, `Close it first: </${top.name}>.`);
    }
    return end.lastIndex;
  }

  #characters(at: number): number {
    const next = this.#text.indexOf('<', at);
    const end = next < 0 ? this.#text.length : next;
    const raw = this.#text.slice(at, end);
    const stray = raw.indexOf(']]>');
    if (stray >= 0) throw new Malformed('FLOW_NOT_XML', at + stray, ']]> stands outside a CDATA section.', 'Write ]]&gt;.');
    this.#keep(raw, at, (piece) => decodeText(piece, at, 'text'));
    return end;
  }

  #cdata(at: number): number {
    const [from, end] = [at + 9, this.#find(']]>', at, 'CDATA section')];
    if (!this.#open.at(-1)) this.#outside(at);
    this.#keep(this.#text.slice(from, end), from, (piece) => piece.replace(/\r\n?/g, '\n'));
    return end + 3;
  }

  #keep(raw: string, at: number, read: (raw: string) => string): void {
    const first = raw.search(/[^ \t\r\n]/);
    const top = this.#open.at(-1);
    if (!top) {
      if (first >= 0) this.#outside(at + first);
      return;
    }
    top.text += read(raw);
    if (first >= 0) top.textAt ??= at + first;
  }

  #outside(at: number): never {
    const where = this.#root ? `after </${this.#root.name}>` : 'before the first element';
    throw new Malformed('FLOW_TEXT_OUTSIDE', at, `Text stands ${where}.`, 'Remove it, or write it as a comment: <!-- … -->.');
  }

  #comment(at: number): number {
    const end = this.#find('--', at, 'comment', at + 4);
    if (this.#text[end + 2] === '>') return end + 3;
    throw new Malformed('FLOW_NOT_XML', end, 'Two hyphens stand inside a comment, which XML forbids.', 'Write - - or ==.');
  }

  #instruction(at: number): number {
    const end = this.#find('?>', at, 'processing instruction');
    if (at > 0 && /^<\?xml\s/i.test(this.#text.slice(at, at + 6))) {
      throw new Malformed(
        'FLOW_NOT_XML',
        at,
        'The XML declaration is not at the start of the file.',
        'Move it up, or remove it.',
      );
    }
    return end + 2;
  }

  #find(mark: string, at: number, what: string, from = at): number {
    const found = this.#text.indexOf(mark, from);
    if (found >= 0) return found;
    throw new Malformed('FLOW_NOT_XML', at, `This ${what} never ends.`, `End it with ${mark === '--' ? '-->' : mark}.`);
  }
}

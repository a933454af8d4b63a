import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { framesSvg } from '../scripts/frame-svg.ts';
import { BAD, LIT, type Row, row, span } from '../src/tui/rows.ts';

const ABOUT = { title: 'A & B', text: 'Two <screens>.' };
const svg = (...frames: readonly (readonly Row[])[]) => framesSvg(frames, { columns: 20, rows: 3 }, ABOUT);

describe('a picture of the screen', () => {
  it('has every word at its column, whatever is in it', () => {
    const text = svg([[span('  Press <1> & "go"'), span(' now', BAD)], [span('हाँ 好', { strike: true })]]);
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text).toMatch(/<text x="32" y="29" textLength="128"[^>]*>Press &lt;1&gt; &amp; "go"<\/text>/);
    expect(text).toMatch(/<text x="168" [^>]*class="red b">now<\/text>/);
    expect(text).toMatch(/<text x="16" y="46" [^>]*class="s">हाँ 好<\/text>/);
    expect(text).toContain('<title id="title">A &amp; B</title>');
  });

  it('draws what is inverse on a bar of its own, spaces and all', () => {
    const text = svg([[span(' '), span(' PAUSED ', LIT)]]);
    expect(text).toContain('<rect x="24" y="16" width="64" height="17"/>');
    expect(text).toMatch(/<text x="32" [^>]*class="i b">PAUSED<\/text>/);
  });

  it('turns from one screen to the next without a script, and shows the first where nothing moves', () => {
    const text = svg([row('one')], [row('two')]);
    expect(text.match(/<g class="frame f\d">/g)).toEqual(['<g class="frame f0">', '<g class="frame f1">']);
    expect(text).toContain('.frame{opacity:0;animation:turn 10s infinite}.f0{opacity:1}');
    expect(text).toContain('prefers-reduced-motion');
    expect(text).not.toMatch(/<script|@import|url\(|href/);
    expect(svg([row('one')])).not.toContain('animation');
  });
});

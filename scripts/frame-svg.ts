import { type Color, type Row, type Span, styleFor } from '../src/tui/rows.ts';
import type { Size } from '../src/tui/screen.ts';
import { columns } from '../src/tui/width.ts';

/** Of a cell, in pixels. */
const WIDE = 8;
const HIGH = 17;
const MARGIN = 16;
const BASELINE = 13;
const SECONDS = 5;
const FADE = 0.3;

const PAPER = '#0d1117';
const INK = '#d7dde5';
const COLOURS: Readonly<Record<Color, string>> = {
  cyan: '#5ccfe6',
  green: '#7ee787',
  yellow: '#e3c257',
  red: '#ff8a80',
  magenta: '#d2a8ff',
};

/** Screens as one picture that shows one after the other. It runs no script and fetches nothing. */
export function framesSvg(frames: readonly (readonly Row[])[], size: Size, about: { title: string; text: string }): string {
  const [width, height] = [size.columns * WIDE + 2 * MARGIN, size.rows * HIGH + 2 * MARGIN];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title about">`,
    `<title id="title">${escaped(about.title)}</title>`,
    `<desc id="about">${escaped(about.text)}</desc>`,
    `<style>${styles(frames.length)}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>`,
    ...frames.map((rows, n) => [`<g class="frame f${n}">`, ...rows.flatMap(rowOf), '</g>'].join('\n')),
    '</svg>\n',
  ].join('\n');
}

function styles(count: number): string {
  return [
    'text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}',
    `.frame{fill:${INK}}`,
    ...Object.entries(COLOURS).map(([name, colour]) => `.${name}{fill:${colour}}`),
    `.b{font-weight:bold}.d{opacity:.62}.s{text-decoration:line-through}.i{fill:${PAPER}}`,
    ...(count > 1 ? turning(count) : []),
  ].join('');
}

/** Each is seen for a while, then fades into the next. What cannot move shows the first. */
function turning(count: number): string[] {
  const whole = count * SECONDS;
  const percent = (seconds: number) => `${Number(((100 * seconds) / whole).toFixed(2))}%`;
  const seen = `0%,${percent(SECONDS - FADE)}{opacity:1}`;
  const hidden = `${percent(SECONDS)},${percent(whole - FADE)}{opacity:0}`;
  return [
    `.frame{opacity:0;animation:turn ${whole}s infinite}.f0{opacity:1}`,
    ...Array.from({ length: count }, (_, n) => `.f${n}{animation-delay:${n * SECONDS - whole}s}`),
    `@keyframes turn{${seen}${hidden}100%{opacity:1}}`,
    '@media (prefers-reduced-motion:reduce){.frame{animation:none}}',
  ];
}

function rowOf(row: Row, y: number): string[] {
  const out: string[] = [];
  let x = 0;
  for (const span of row) {
    out.push(...spanOf(span, x, y));
    x += columns(span.text);
  }
  return out;
}

/** Spaces around a text are its place. Its length is told, so that every font keeps to the columns. */
function spanOf({ text, style = {} }: Span, column: number, y: number): string[] {
  const [left, top] = [MARGIN + column * WIDE, MARGIN + y * HIGH];
  const { color, bold, dim, strike, inverse } = styleFor(style, 'dark');
  const back = inverse
    ? [`<rect x="${left}" y="${top}" width="${columns(text) * WIDE}" height="${HIGH}"${classes(color)}/>`]
    : [];
  const words = text.trim();
  if (words === '') return back;
  const x = left + columns(text.slice(0, text.indexOf(words))) * WIDE;
  const names = classes(inverse ? 'i' : color, bold && 'b', dim && 'd', strike && 's');
  const place = `x="${x}" y="${top + BASELINE}" textLength="${columns(words) * WIDE}" lengthAdjust="spacingAndGlyphs"`;
  return [...back, `<text ${place}${names}>${escaped(words)}</text>`];
}

function classes(...names: readonly (string | false | undefined)[]): string {
  const own = names.filter(Boolean).join(' ');
  return own === '' ? '' : ` class="${own}"`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

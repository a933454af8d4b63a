/** Spaces a terminal would act on: line ends, tabs, and Unicode's own line and paragraph ends. */
const SPACES = /\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g;
/** Characters that order a terminal or a reader about: controls, bidirectional embeddings, overrides and isolates, lone surrogates. */
const ORDERS = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u206f\ufff9-\ufffb]|\p{Surrogate}/gu;
/** Marks that show nothing and that terminals measure differently. Joiners stay: Hindi and emoji families are made with them. */
const UNSEEN = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff]/g;
/** Anything of the above, to leave most texts alone at the price of one look. */
const ANY = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/u;

/**
 * A text from a flow, a server or a caller, made safe to show: nothing in it can move the cursor, change colours or
 * turn the order of characters round. Control characters become their pictures (`␛`), others `U+FFFD`; line ends and
 * tabs become spaces.
 */
export function plainText(text: string): string {
  if (!ANY.test(text)) return text;
  return text.replace(SPACES, ' ').replace(UNSEEN, '').replace(ORDERS, picture);
}

function picture(char: string): string {
  const point = char.codePointAt(0) ?? 0;
  if (point < 0x20) return String.fromCodePoint(0x2400 + point);
  return point === 0x7f ? '␡' : '\ufffd';
}

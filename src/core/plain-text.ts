/**
 * Controls, line and paragraph ends, lone surrogates; bidirectional embeddings, overrides and isolates; interlinear marks;
 * and marks that show nothing and that terminals measure differently. Joiners are not among them: Hindi and emoji
 * families are made with them.
 */
const UNSAFE =
  /\r\n|[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/gu;
/** Of these, those that a terminal or a reader takes for a space, and those that are better dropped. */
const SPACE = /^[\t\n\v\f\r\u0085\u2028\u2029]/;
const UNSEEN = /[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2060-\u2064\u3164\ufeff\uffa0]/;

/**
 * A text from a flow, a server or a caller, made safe to show: nothing in it can move the cursor, change colours or
 * turn the order of characters round. Control characters become their pictures (`␛`), others `U+FFFD`; line ends and
 * tabs become spaces.
 */
export const plainText = (text: string): string => text.replace(UNSAFE, picture);

function picture(unsafe: string): string {
  if (SPACE.test(unsafe)) return ' ';
  if (UNSEEN.test(unsafe)) return '';
  const point = unsafe.codePointAt(0) ?? 0;
  if (point < 0x20) return String.fromCodePoint(0x2400 + point);
  return point === 0x7f ? '␡' : '\ufffd';
}

import type { MessageRecord } from '../core/message-record.ts';

/** The alphabet of GSM 03.38, one septet each. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension table: an escape and another septet, never in two messages. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** What one message holds, and each of several, whose header takes its place. */
const HOLDS = { plain: { alone: 160, each: 153 }, unicode: { alone: 70, each: 67 } } as const;

/** Is every character in the alphabet that phones write with seven bits? */
export const isPlain = (text: string): boolean => [...text].every((char) => BASIC.has(char) || EXTENDED.has(char));

/** How a text goes over the air: a text that does not fit seven bits is unicode whatever was asked for. */
export const airEncoding = (text: string, asked?: MessageRecord['encoding']): MessageRecord['encoding'] =>
  asked === 'unicode' || !isPlain(text) ? 'unicode' : 'plain';

/** Single messages that a text is sent as, and billed. A character is never cut in two, so a message may stay short. */
export function smsUnits(text: string, asked?: MessageRecord['encoding']): number {
  const encoding = airEncoding(text, asked);
  const sizes = [...text].map((char) => (encoding === 'unicode' ? char.length : EXTENDED.has(char) ? 2 : 1));
  const { alone, each } = HOLDS[encoding];
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return 1;
  let units = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > each) {
      units++;
      used = 0;
    }
    used += size;
  }
  return units;
}

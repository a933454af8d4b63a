import type { Grade } from '../core/source.ts';
import type { Asking } from './whitelist.ts';
import type { WhitelistSwitches } from './whitelist-switches.ts';

/** Languages of the whitelist's message. The vendor's list is lost; English is certain, the others are likely. */
export const LANGUAGES: Readonly<Record<string, { name: string; grade: Grade }>> = {
  en: { name: 'English', grade: 'SRC' },
  hi: { name: 'Hindi', grade: 'D' },
  kn: { name: 'Kannada', grade: 'D' },
  ta: { name: 'Tamil', grade: 'D' },
  te: { name: 'Telugu', grade: 'D' },
  ml: { name: 'Malayalam', grade: 'D' },
  mr: { name: 'Marathi', grade: 'D' },
  gu: { name: 'Gujarati', grade: 'D' },
  bn: { name: 'Bengali', grade: 'D' },
  pa: { name: 'Punjabi', grade: 'D' },
};

/** A language that may be asked for. `doubt` is a sentence about one that is not certain. */
export type ReadLanguage = { ok: true; doubt?: string } | { ok: false; says: string };

export function readLanguage(code: string, { uncertainLanguage }: WhitelistSwitches): ReadLanguage {
  const known = Object.entries(LANGUAGES).filter(([, { grade }]) => grade === 'SRC' || uncertainLanguage === 'english');
  const found = known.find(([one]) => one === code)?.[1];
  if (!found) {
    const use = known.map(([one]) => one).join(', ');
    return { ok: false, says: `Language "${code}" is not known; use ${use}.` };
  }
  if (found.grade === 'SRC') return { ok: true };
  const doubt = `It is not certain that the vendor knows ${found.name}; its text is not published, and is English here.`;
  return { ok: true, doubt };
}

/**
 * The message, as the vendor's developer page quotes it; applications look for its words. The older article
 * has one that lets people unsubscribe, and no other.
 * @param line the ExoPhone, as the vendor writes numbers: with a 0.
 */
export function whitelistMessage(
  asks: Asking,
  company: string,
  line: string,
  { wording }: Pick<WhitelistSwitches, 'wording'>,
): string {
  if (asks === 'subscribe')
    return `You've registered with ${company}. As you're on DND, please authorise us to call you by giving a missed call to ${line}`;
  return wording === 'article'
    ? `This is to confirm that you have registered with ${company} and have permitted us to call you. If this is not the case, please give a missed call to ${line}. Thank you.`
    : `You've registered with ${company} and permitted us to call you. If this is not the case, please give a missed call to ${line}. Thank you!`;
}

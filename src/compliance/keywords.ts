/** What an SMS from a person asks for. `review`: it may mean stop, and somebody should read it. */
export type Keyword = 'stop' | 'start' | 'help' | 'review';

/** The words of several vendors; a general feature, for Exotel itself takes no incoming SMS. */
const WORDS: Record<Exclude<Keyword, 'review'>, readonly string[]> = {
  stop: [
    'STOP',
    'STOPALL',
    'STOP ALL',
    'UNSUBSCRIBE',
    'CANCEL',
    'END',
    'QUIT',
    'REVOKE',
    'OPTOUT',
    'OPT OUT',
    'OPT-OUT',
    'ARRET',
    'REMOVE',
    'TD',
  ],
  start: ['START', 'YES', 'UNSTOP', 'SUBSCRIBE'],
  help: ['HELP', 'INFO'],
};

const MEANINGS = new Map(
  (['stop', 'start', 'help'] as const).flatMap((meaning) => WORDS[meaning].map((word) => [word, meaning] as const)),
);

/** What cannot be seen, and makes no word another one. */
const UNSEEN = /[\u00ad\u200b-\u200f\u2060-\u2069\ufeff]/g;
const MAY_MEAN_STOP =
  /\b(?:stop|unsubscribe|opt[ -]?out|revoke|remove me|(?:do not|don[’']?t) (?:call|text|contact|message|sms|send))\b/i;

export type KeywordOptions = {
  /** Any clear wish to be left alone counts, as in the United States: what would be read by somebody is a stop. */
  anyWish?: boolean;
};

/** A keyword is the whole text, in any case, without the space around it. Undefined for any other text. */
export function recogniseKeyword(text: string, { anyWish = false }: KeywordOptions = {}): Keyword | undefined {
  const whole = text.normalize('NFKC').replace(UNSEEN, '').trim().replace(/\s+/g, ' ');
  const meaning = MEANINGS.get(whole.toUpperCase());
  if (meaning) return meaning;
  if (!MAY_MEAN_STOP.test(whole)) return undefined;
  return anyWish ? 'stop' : 'review';
}

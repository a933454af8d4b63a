import type { Ms } from './ids.ts';

export type SayAs = 'digits' | 'date' | 'currency';

export type Say = {
  type: 'say';
  /** May hold `{{variables}}`. */
  text: string;
  voice?: string | undefined;
  language?: string | undefined;
  /** Times spoken, from 1. */
  loop: number;
  as?: SayAs | undefined;
  /** Words a minute; 150 unless told. */
  rate?: number | undefined;
};
export type Play = { type: 'play'; url: string; loop: number };
export type Pause = { type: 'pause'; for: Ms };
/** A group that is heard only when the call's language matches. */
export type InLanguage = { type: 'in'; language: string; items: readonly PromptItem[] };
export type PromptItem = Say | Play | Pause | InLanguage;
/** As written in the flow: variables unfilled, every language still there. */
export type Prompt = readonly PromptItem[];

/** One stretch of sound, as the caller gets it. `ms` is missing where only the line can know (a wav behind a URL). */
export type Sound =
  | { type: 'speech'; text: string; ms: Ms; language: string }
  | { type: 'audio'; url: string; ms?: Ms }
  | { type: 'silence'; ms: Ms };

import * as z from 'zod';
import type { FetchAnswer } from '../../core/input.ts';
import type { Prompt } from '../../core/prompt.ts';
import { isPlainText } from './ask-url.ts';

/** A settings field that Say, Play, Pause and In children fill; the reader has already made them into a prompt. */
export const promptField = z.custom<Prompt>((value) => Array.isArray(value)).default([]);

export const speech = (text: string, more: { rate?: number } = {}): Prompt => [{ type: 'say', text, loop: 1, ...more }];

/**
 * The prompt an answer of the user's server spells: one wav address a line, or text to speak. Exotel takes nothing but
 * `text/plain`, status 200 (help centre 48285, 84548).
 */
export function promptFromAnswer(answer: FetchAnswer): Prompt | undefined {
  if (answer.status !== 200 || !isPlainText(answer)) return undefined;
  const text = answer.body.trim();
  if (text === '') return undefined;
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  if (lines.every((line) => /^https?:\/\/\S+$/i.test(line))) return lines.map((url) => ({ type: 'play', url, loop: 1 }));
  return speech(text);
}

/** A text as one line of at most `max` characters. */
export function shorten(text: string, max = 40): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > max ? `${line.slice(0, max - 1)}…` : line;
}

/** A prompt in one short line. */
export function sayShort(prompt: Prompt, max = 40): string {
  const words = prompt.map((item) =>
    item.type === 'say'
      ? item.text
      : item.type === 'play'
        ? item.url.replace(/^.*\//, '♪ ')
        : item.type === 'in'
          ? sayShort(item.items, max)
          : '',
  );
  return shorten(words.filter(Boolean).join(' '), max);
}

import * as z from 'zod';
import { type FieldMark, markOf, optional, preset, required, special } from '../core/fields.ts';
import { ms } from '../core/ids.ts';
import { BrokenInvariant } from '../core/problem.ts';
import type { SayAs } from '../core/prompt.ts';
import { classes, UNREACHED } from './words.ts';

const DAY_LIMIT = ms(14_400_000);
const SAY_AS: readonly string[] = ['digits', 'date', 'currency'] satisfies SayAs[];

/** Adds to the mark of a `special` attribute what the reference and the XSD want to know. */
const also = <T extends z.ZodType>(schema: T, more: Partial<FieldMark>): T => {
  const known = markOf(schema);
  return known ? schema.meta({ field: { ...known, ...more } }) : schema;
};

export const flowAttributes = z.object({
  name: required('text', 'Name of the flow: for reports, and unique among the files that lead to each other.'),
  start: special('Id', 'an id', (t) => (t === '' ? undefined : t), 'Id of the applet that the call begins in.').required(),
  class: also(
    special(
      'Choice',
      `one of ${Object.keys(classes).join(', ')}`,
      (t) => (Object.hasOwn(classes, t) ? classes[t] : undefined),
      'What kind of call this is for the regulator; the short names P, SE, SI, T and G mean the same.',
    ).required(),
    { values: Object.keys(classes) },
  ),
  language: preset('language', 'en-IN', 'Language of the prompts; chooses among In groups.'),
  timeLimit: preset('duration', '4h', 'Longest call; Exotel allows 4 hours.', ms(1000), DAY_LIMIT),
});

export const unansweredAttributes = z.object({
  on: also(
    special(
      'Outcomes',
      `a list of ${UNREACHED.join(', ')}`,
      (t) => {
        const words = t.split(/[\s,]+/).filter(Boolean);
        const known = UNREACHED.filter((outcome) => words.includes(outcome));
        return known.length > 0 && words.every((word) => known.some((outcome) => outcome === word)) ? known : undefined;
      },
      'After which outcomes it is sent.',
    ).optional(),
    { default: UNREACHED.join(' ') },
  ),
  sms: optional('text', 'The text; it may also stand between the tags.'),
});

/** What may stand on every applet, besides what its own settings and exits spell. */
export const appletAttributes = z.object({
  id: special('Id', 'an id', (t) => (t === '' ? undefined : t), 'Name of this applet in the file; exits lead to it.').required(),
  goal: optional('text', 'Reaching this applet is a desired action of this name.'),
});

export const promptAttributes = {
  Say: z.object({
    voice: optional('text', 'Name of a voice.'),
    language: optional('language', "Language of this text, if not the call's."),
    loop: preset('count', '1', 'Times it is spoken.', 1, 20),
    as: also(
      special(
        'Choice',
        `one of ${SAY_AS.join(', ')}`,
        (t) => (SAY_AS.includes(t) ? (t as SayAs) : undefined),
        'How numbers in it are read: one by one, as a date, or as an amount of money.',
      ).optional(),
      { values: SAY_AS },
    ),
    rate: optional('count', 'Words a minute; 150 unless told.', 50, 400),
  }),
  Play: z.object({ loop: preset('count', '1', 'Times it is played.', 1, 20) }),
  Pause: z.object({ for: required('duration', 'How long nothing is heard.', ms(1), ms(600_000)) }),
  In: z.object({ language: required('language', 'Heard only when the call is in this language.') }),
} as const;

export type Verb = keyof typeof promptAttributes;
export const VERBS: readonly Verb[] = ['Say', 'Play', 'Pause', 'In'];

export type AttributeSpec = { name: string; schema: z.ZodType; mark: FieldMark; required: boolean };
const specs = new WeakMap<z.ZodType, readonly AttributeSpec[]>();

/** The attributes that a schema spells: its fields with a mark, in their order. */
export function attributesOf(schema: z.ZodType): readonly AttributeSpec[] {
  let known = specs.get(schema);
  if (known) return known;
  if (!(schema instanceof z.ZodObject)) throw new BrokenInvariant('The settings of an applet are not a z.object.');
  known = Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
    const mark = markOf(field);
    return mark ? [{ name, schema: field, mark, required: !field.safeParse(undefined).success }] : [];
  });
  specs.set(schema, known);
  return known;
}

const SAMPLES: Readonly<Record<string, string>> = {
  Accept: '1-24',
  Assignment: 'answer=yes',
  Choice: '',
  Count: '1',
  Date: '2026-01-26',
  Days: 'mon-fri',
  Digit: '1',
  Duration: '5s',
  FinishKey: '#',
  Flag: 'true',
  Id: 'menu',
  Language: 'en-IN',
  Number: '1',
  Outcomes: 'busy no-answer',
  Text: 'other',
  TimeOfDay: '09:00',
  Url: 'https://example.com/',
  Variable: 'answer',
};

/** A value as an author might write it. */
export const sampleOf = ({ mark, schema }: AttributeSpec): string =>
  [mark.default, mark.values?.[0], SAMPLES[mark.xml], 'Asia/Kolkata', '1', 'x'].find(
    (text) => text !== undefined && schema.safeParse(text).success,
  ) ?? '';

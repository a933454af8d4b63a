import * as z from 'zod';
import { type Ms, ms } from './ids.ts';
import { isDigit } from './input.ts';
import { isZone, parseDuration, showDuration } from './time.ts';

/**
 * Attribute types of the flow language. Each knows how it reads from text, what it is called in the reference and the
 * XSD, and how it explains itself.
 */
export type FieldMark = {
  /** The simple type's name in the XSD. */
  xml: string;
  doc: string;
  /** As it would be written. */
  default?: string;
  /** For a choice. */
  values?: readonly string[];
};

const mark = <T extends z.ZodType>(schema: T, field: FieldMark): T => schema.meta({ field });

/** The mark of an attribute; undefined for fields that children or text fill. */
export const markOf = (schema: z.ZodType): FieldMark | undefined => schema.meta()?.['field'] as FieldMark | undefined;

/** Reads text with `read`; what it returns undefined for is refused with `says`. */
function reading<T>(says: string, read: (text: string) => T | undefined) {
  return z.string().transform((text, ctx): T => {
    const value = read(text.trim());
    if (value !== undefined) return value;
    ctx.addIssue({ code: 'custom', message: `"${text}" is not ${says}` });
    return z.NEVER;
  });
}

/** Optional, or with a default written the way an author would write it. */
function finish<T extends z.ZodType<unknown, string>>(schema: T, field: FieldMark) {
  return mark(schema.optional(), field);
}
function finishWith<T extends z.ZodType<unknown, string>>(schema: T, field: FieldMark, preset: string) {
  return mark(schema.prefault(preset as z.input<T>), { ...field, default: preset });
}

const durationSchema = (least: Ms, most: Ms) =>
  reading(`a duration from ${showDuration(least)} to ${showDuration(most)}, such as 500ms, 5s or 2m`, (text) => {
    const d = parseDuration(text);
    return d !== undefined && d >= least && d <= most ? d : undefined;
  });

const DAY = ms(86_400_000);
const TYPES = {
  duration: (doc: string, least: Ms = ms(1), most: Ms = DAY) => ({
    schema: durationSchema(least, most),
    field: { xml: 'Duration', doc },
  }),
  count: (doc: string, least = 1, most = 1000) => ({
    schema: reading(`a whole number from ${least} to ${most}`, (t) =>
      /^\d{1,6}$/.test(t) && Number(t) >= least && Number(t) <= most ? Number(t) : undefined,
    ),
    field: { xml: 'Count', doc },
  }),
  text: (doc: string) => ({ schema: reading('a text', (t) => (t === '' ? undefined : t)), field: { xml: 'Text', doc } }),
  url: (doc: string) => ({
    schema: reading('an address that starts with http:// or https://', (t) =>
      /^(https?:\/\/[^\s]+|\{\{.*)$/i.test(t) ? t : undefined,
    ),
    field: { xml: 'Url', doc },
  }),
  variable: (doc: string) => ({
    schema: reading('a variable name (letters, digits and _, not starting with a digit)', (t) =>
      /^[A-Za-z_]\w{0,63}$/.test(t) ? t : undefined,
    ),
    field: { xml: 'Variable', doc },
  }),
  assignment: (doc: string) => ({
    schema: reading('variable=value', (t) => {
      const match = /^([A-Za-z_]\w{0,63})=(.*)$/s.exec(t);
      return match ? { name: match[1] ?? '', value: match[2] ?? '' } : undefined;
    }),
    field: { xml: 'Assignment', doc },
  }),
  digit: (doc: string) => ({
    schema: reading('a key (0 to 9, * or #)', (t) => (isDigit(t) ? t : undefined)),
    field: { xml: 'Digit', doc },
  }),
  finishKey: (doc: string) => ({
    schema: reading('a key (0 to 9, * or #), or empty for none', (t) => (t === '' || isDigit(t) ? (t as '' | '#') : undefined)),
    field: { xml: 'FinishKey', doc },
  }),
  zone: (doc: string) => ({
    schema: reading('a time zone such as Asia/Kolkata', (t) => (isZone(t) ? t : undefined)),
    field: { xml: 'Text', doc },
  }),
  language: (doc: string) => ({
    schema: reading('a language such as en-IN or hi-IN', (t) => (/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(t) ? t : undefined)),
    field: { xml: 'Language', doc },
  }),
} as const;

type Types = typeof TYPES;
type SchemaOf<K extends keyof Types> = ReturnType<Types[K]>['schema'];

/** An attribute that may be left out. */
export function optional<K extends keyof Types>(type: K, ...about: Parameters<Types[K]>) {
  const { schema, field } = (TYPES[type] as (...a: unknown[]) => { schema: SchemaOf<K>; field: FieldMark })(...about);
  return finish(schema as SchemaOf<K> & z.ZodType<unknown, string>, field) as unknown as z.ZodOptional<SchemaOf<K>>;
}

/** An attribute that must be there. */
export function required<K extends keyof Types>(type: K, ...about: Parameters<Types[K]>): SchemaOf<K> {
  const { schema, field } = (TYPES[type] as (...a: unknown[]) => { schema: SchemaOf<K>; field: FieldMark })(...about);
  return mark(schema as unknown as z.ZodType, field) as unknown as SchemaOf<K>;
}

/** An attribute with a default, written as in a file. */
export function preset<K extends keyof Types>(type: K, value: string, ...about: Parameters<Types[K]>) {
  const { schema, field } = (TYPES[type] as (...a: unknown[]) => { schema: SchemaOf<K>; field: FieldMark })(...about);
  return finishWith(schema as SchemaOf<K> & z.ZodType<unknown, string>, field, value) as unknown as z.ZodPrefault<SchemaOf<K>>;
}

/** One of a few words. */
export function choice<const V extends readonly [string, ...string[]]>(values: V, doc: string, standard: V[number]) {
  const schema = reading<V[number]>(`one of ${values.join(', ')}`, (t) => (values.includes(t) ? t : undefined));
  return finishWith(schema, { xml: 'Choice', doc, values }, standard);
}

/** true or false. */
export function flag(doc: string, standard: boolean) {
  const schema = reading('true or false', (t) =>
    t === 'true' || t === '1' ? true : t === 'false' || t === '0' ? false : undefined,
  );
  return finishWith(schema, { xml: 'Flag', doc, values: ['true', 'false'] }, String(standard));
}

/** An attribute with a reader of its own. */
export function special<T>(xml: string, says: string, read: (text: string) => T | undefined, doc: string) {
  return { required: () => mark(reading(says, read), { xml, doc }), optional: () => finish(reading(says, read), { xml, doc }) };
}

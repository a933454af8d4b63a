import { columnNamed, type Layout } from '../adapters/csv-layout.ts';
import { OWN_COLUMNS, type OwnColumn } from '../adapters/csv-own.ts';
import { plainName } from '../adapters/csv-phone-column.ts';
import type { CsvRow } from '../adapters/csv-row.ts';
import { UserError } from '../core/problem.ts';
import { didYouMean } from '../core/suggest.ts';

export type ImportKind = 'dnc' | 'registry' | 'consent';

export type Field = Exclude<OwnColumn, 'number'> | 'preference' | 'basis' | 'purpose' | 'category' | 'text' | 'ip';
export type Texts = Readonly<Partial<Record<Field, string>>>;

const COMMON = ['date', 'expires', 'source', 'reason', 'evidence', 'scope', 'campaign'] as const;

/** What columns can tell, beside the number. */
export const FIELDS: Readonly<Record<ImportKind, readonly Field[]>> = {
  dnc: COMMON,
  registry: ['preference', 'date', 'expires', 'reason', 'evidence'],
  consent: [...COMMON, 'basis', 'purpose', 'category', 'text', 'ip'],
};

/** What such columns are usually called. A list of opt-outs may have any date: its columns are never guessed. */
const USUAL: Readonly<Partial<Record<Field, readonly string[]>>> = {
  preference: ['preference', 'preferences', 'dnd', 'dndpreference', 'dndstatus', 'optedpreference'],
  date: [
    'date',
    'registrationdate',
    'registeredon',
    'since',
    'optindate',
    'consentdate',
    'consentedat',
    'timestamp',
    'createdat',
  ],
  expires: ['expires', 'expiry', 'expirydate', 'expiresat', 'validuntil', 'validtill'],
  source: ['source', 'optinsource', 'consentsource', 'channel'],
  ip: ['ip', 'ipaddress'],
  text: ['text', 'consenttext', 'textshown', 'wording'],
  purpose: ['purpose'],
  category: ['category'],
};

/** Which columns tell what, and what is told for all rows. */
export type Columns = { fields: readonly (readonly [field: Field, column: number])[]; forAll: Texts };

/** @throws UserError for a field or a column that does not exist. */
export function findColumns(layout: Layout, kind: ImportKind, maps: readonly string[], forAll: Texts): Columns {
  if (layout.own)
    return { fields: OWN_COLUMNS.flatMap((name, i) => (name === 'number' ? [] : [[name, i] as const])), forAll: {} };
  const told = new Map(maps.flatMap((text) => text.split(',')).map((pair) => readPair(pair, kind, layout)));
  const guessed = kind === 'dnc' ? [] : FIELDS[kind].flatMap((field) => guess(field, layout, told));
  return { fields: [...told, ...guessed], forAll };
}

function readPair(pair: string, kind: ImportKind, { header }: Layout): readonly [Field, number] {
  const [name = '', column] = pair.split(/=(.*)/s).map((part) => part.trim());
  const field = FIELDS[kind].find((one) => one === name.toLowerCase());
  if (!field)
    throw new UserError(`--map: "${name}" is nothing that a column can tell here.`, { advice: didYouMean(name, FIELDS[kind]) });
  if (!column) throw new UserError(`--map ${name} needs a column: ${name}=NAME, or its number.`);
  return [field, columnNamed(column, header, `--map ${field}`)];
}

function guess(field: Field, { header = [] }: Layout, told: ReadonlyMap<Field, number>): readonly (readonly [Field, number])[] {
  const column = header.findIndex((name) => USUAL[field]?.includes(plainName(name)));
  return column < 0 || told.has(field) || [...told.values()].includes(column) ? [] : [[field, column]];
}

/** What a row tells: its cells, and what is told for all where they are empty. */
export function textsOf(row: CsvRow, { fields, forAll }: Columns, clean: (text: string) => string): Texts {
  const cells = fields.map(([field, column]) => [field, clean(row.text(column))] as const);
  return { ...forAll, ...Object.fromEntries(cells.filter(([, text]) => text !== '')) };
}

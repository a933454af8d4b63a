import { CALL_STATUSES, type CallQuery } from '../core/call-record.ts';
import type { CallFacts } from '../core/event.ts';
import type { Ms } from '../core/ids.ts';
import { createdRange, range } from './call-ranges.ts';
import type { Fields } from './fields.ts';
import { isSip, type Reader, readerOf, readNumber, readWord } from './reader.ts';

/** `says` is for our log, numbers masked. */
export type ReadCallQuery = { ok: true; query: CallQuery; details: boolean } | { ok: false; says: string };

/** The filters that a list of calls takes; its addresses to other pages keep them. */
export const FILTERS = [
  'Sid',
  'DateCreated',
  'To',
  'From',
  'Status',
  'Duration',
  'Price',
  'Direction',
  'PhoneNumber',
  'PageSize',
  'SortBy',
  'details',
];

/** `outbound-dial` are calls from the vendor's dashboard, which does not exist here. */
const DIRECTIONS = ['inbound', 'outbound-dial', 'outbound-api'] as const;

/** The parameters of `GET Calls`, after Exotel's Postman collection "Voice v1". Unknown ones are passed over. */
export function readCallQuery(fields: Fields, now: Ms, country: string): ReadCallQuery {
  const read = readerOf(fields);
  const query: CallQuery = {
    created: createdRange(read, now),
    ...numbers(read, country),
    ...words(read),
    ...ranges(read),
    order: sortOrder(read),
    limit: pageSize(read),
    ...cursors(read),
  };
  if (read.problems.length > 0) return { ok: false, says: read.problems.join(' ') };
  return { ok: true, query, details: read.text('details')?.toLowerCase() === 'true' };
}

type Part = Partial<CallQuery>;

function numbers(read: Reader, country: string): Part {
  const numbersOf = (name: string) => upTo(read, name, 5).flatMap((value) => readNumber(name, value, country, read.wrong) ?? []);
  const ends = (name: string) =>
    upTo(read, name, 5).flatMap((value) => (isSip(value) ? value : (readNumber(name, value, country, read.wrong) ?? [])));
  return {
    ...(isGiven(read, 'From') && { from: ends('From') }),
    ...(isGiven(read, 'To') && { to: ends('To') }),
    ...(isGiven(read, 'PhoneNumber') && { exophones: numbersOf('PhoneNumber') }),
  };
}

function words(read: Reader): Part {
  const wordsOf = <Word extends string>(name: string, known: readonly Word[]) =>
    read.list(name).flatMap((value) => readWord(name, value, known, read.wrong) ?? []);
  return {
    ...(isGiven(read, 'Sid') && { sids: upTo(read, 'Sid', 100) }),
    ...(isGiven(read, 'Status') && { statuses: wordsOf('Status', CALL_STATUSES) }),
    ...(isGiven(read, 'Direction') && { directions: wordsOf('Direction', DIRECTIONS).flatMap(direction) }),
  };
}

function direction(word: (typeof DIRECTIONS)[number]): CallFacts['direction'][] {
  if (word === 'outbound-dial') return [];
  return [word === 'inbound' ? 'inbound' : 'outbound'];
}

function ranges(read: Reader): Part {
  const duration = range(read, 'Duration', /^(\d{1,9})s?$/);
  const price = range(read, 'Price', /^(\d{1,9}(?:\.\d{1,9})?)$/);
  return { ...(duration && { duration }), ...(price && { price }) };
}

const isGiven = (read: Reader, name: string): boolean => read.list(name).length > 0;

function upTo(read: Reader, name: string, most: number): readonly string[] {
  const values = read.list(name);
  if (values.length > most) read.wrong(`${name} takes ${most} at most, and ${values.length} were given.`);
  return values.slice(0, most);
}

function sortOrder(read: Reader): CallQuery['order'] {
  const word = read.oneOf('SortBy', ['DateCreated:asc', 'DateCreated:desc']);
  return word === 'DateCreated:asc' ? 'asc' : 'desc';
}

const [USUAL_PAGE, LARGEST_PAGE] = [50, 100];

function pageSize(read: Reader): number {
  const value = read.text('PageSize');
  if (value === undefined) return USUAL_PAGE;
  const size = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (size < 1 || size > LARGEST_PAGE) read.wrong(`PageSize has to be a whole number from 1 to ${LARGEST_PAGE}.`);
  return size;
}

/** Exotel's cursors name a call; ours are CallSids. */
function cursors(read: Reader): Part {
  const [after, before] = [read.text('After'), read.text('Before')];
  if (after !== undefined && before !== undefined) read.wrong('After and Before exclude each other.');
  return { ...(after !== undefined && { after }), ...(before !== undefined && { before }) };
}

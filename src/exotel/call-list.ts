import type { CallPage } from '../core/call-record.ts';
import { FILTERS } from './call-query.ts';
import { call } from './call-resource.ts';
import type { CallView } from './call-view.ts';
import type { Pair } from './fields.ts';
import type { Resource } from './resource.ts';

export type CallListView = Omit<CallView, 'as'> & {
  /** As it was asked for: `/v1/Accounts/{sid}/Calls.json`. */
  path: string;
  /** The request's parameters; those that are filters go into the addresses of the other pages. */
  pairs: readonly Pair[];
  pageSize: number;
};

/** The answer to `GET Calls`: https://developer.exotel.com/docs/voice-v1/api-reference/call-details, and Postman. */
export function callList({ total, records, isFirst, isLast }: CallPage, view: CallListView): Resource {
  const [first, last] = [records[0], records.at(-1)];
  return {
    Metadata: {
      Total: total,
      PageSize: view.pageSize,
      FirstPageUri: address(view),
      PrevPageUri: isFirst || first === undefined ? '' : address(view, ['Before', first.sid]),
      NextPageUri: isLast || last === undefined ? '' : address(view, ['After', last.sid]),
    },
    Calls: records.map((record) => call(record, { ...view, as: 'fetched' })),
  };
}

function address({ path, pairs }: CallListView, ...cursor: Pair[]): string {
  const kept = pairs.filter(([name, value]) => value !== '' && FILTERS.includes(name.replace(/\[\d*\]$/, '')));
  const query = [...kept, ...cursor].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  return query === '' ? path : `${path}?${query}`;
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

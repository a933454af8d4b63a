import type { CallPage } from '../core/call-record.ts';
import { FILTERS } from './call-query.ts';
import { call } from './call-resource.ts';
import type { CallView } from './call-view.ts';
import { type Pair, parseForm, withoutIndex } from './fields.ts';
import type { Resource } from './resource.ts';

export type CallListView = Omit<CallView, 'as'> & {
  /** Path and query of the request; the addresses of other pages are made of it, so that they keep its filters. */
  url: string;
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

/** Host-relative, as Exotel's are. */
function address({ url }: CallListView, ...cursor: Pair[]): string {
  const end = url.indexOf('?');
  const [path, query] = end < 0 ? [url, ''] : [url.slice(0, end), url.slice(end + 1)];
  const kept = parseForm(query).filter(([name, value]) => value !== '' && FILTERS.includes(withoutIndex(name)));
  const pairs = [...kept, ...cursor].map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

import { exophoneList, exophonePage, exophoneResource, findExophone, readPage } from '../../exotel/exophone-resource.ts';
import { noMatchingResults } from '../../exotel/rest-exception.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Parts } from '../parts.ts';
import { refused } from './refusal.ts';

/** The numbers of the account, in v1 and v2_beta. */
export function exophoneEndpoints(
  { exophones, country }: Pick<Parts, 'exophones' | 'country'>,
  sid: string,
): readonly Endpoint[] {
  return [
    { method: 'GET', path: 'IncomingPhoneNumbers', handle: () => ({ status: 200, body: exophoneList(exophones) }) },
    {
      method: 'GET',
      path: 'IncomingPhoneNumbers',
      version: 'v2_beta',
      json: true,
      handle: ({ fields }) => ({ status: 200, body: exophonePage(exophones, readPage(fields), sid) }),
    },
    {
      method: 'GET',
      path: 'IncomingPhoneNumbers/:id',
      version: 'v2_beta',
      json: true,
      handle: ({ id }) => {
        const found = findExophone(exophones, id, country);
        return found ? { status: 200, body: exophoneResource(found, sid) } : refused(noMatchingResults);
      },
    },
  ];
}

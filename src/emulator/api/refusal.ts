import type { Refusal } from '../../core/facts.ts';
import { maskText } from '../../core/phone.ts';
import { internalServerError, type RestException, restException } from '../../exotel/rest-exception.ts';
import type { Answer } from '../http/endpoint.ts';

export const refused = ({ status, resource }: RestException): Answer => ({ status, body: resource });

const TROUBLE = ['STORE_UNREADABLE', 'NOT_KEPT'];

/** What press9 alone refuses says so; what it cannot do is an error of the server. */
export function refusedByUs({ reasons: [first] }: Refusal): Answer {
  if (TROUBLE.includes(first?.code ?? '')) return refused(internalServerError);
  return refused(restException(403, `Refused by press9 --enforce: ${first?.code ?? ''} ${maskText(first?.says ?? '')}`));
}

import { national } from './numbers.ts';
import type { Resource } from './resource.ts';

/** A refusal: its HTTP status and what the body says. Exotel asks its users to rely on the status, not on the message. */
export type RestException = { status: number; resource: Resource };

export const restException = (status: number, message: string): RestException => ({
  status,
  resource: { RestException: { Status: status, Message: message } },
});

/** Help-centre article 48282. */
export const invalidParameters = restException(400, 'Invalid Parameters');
/** No text of Exotel's is known; the reason phrase of HTTP. */
export const unauthorized = restException(401, 'Unauthorized');
/** When the credit is used up; no text of Exotel's is known; the reason phrase of HTTP. */
export const paymentRequired = restException(402, 'Payment Required');
/** A number on the DND list that is not whitelisted. The text is in the tests of the gem by vijendra. */
export const refusedByNdnc = (number: string): RestException =>
  restException(403, `Call to [${national(number)}] cannot be made because of TRAI NDNC regulations`);
/** This and the next two: help-centre article 48282. */
export const accountNotActive = restException(403, 'Account is not active');
export const insufficientBalance = restException(403, 'Insufficient balance to send the SMS');
export const accountExpired = restException(403, 'Account validity has expired');
/** Seen in clients that ask for a CallSid nobody knows. */
export const noMatchingResults = restException(404, 'No matching results');
/** 200 calls a minute: the classic developer portal. */
export const tooManyRequests = restException(429, 'Too Many Requests');
export const internalServerError = restException(500, 'Internal Server Error');

import { expect, it } from 'vitest';
import * as refusals from './rest-exception.ts';

it('says who cannot be called, as the caller would write the number', () => {
  expect(refusals.refusedByNdnc('+919876543210')).toEqual({
    status: 403,
    resource: {
      RestException: { Status: 403, Message: 'Call to [09876543210] cannot be made because of TRAI NDNC regulations' },
    },
  });
});

it.each([
  [refusals.invalidParameters, 400, 'Invalid Parameters'],
  [refusals.unauthorized, 401, 'Unauthorized'],
  [refusals.paymentRequired, 402, 'Payment Required'],
  [refusals.accountNotActive, 403, 'Account is not active'],
  [refusals.insufficientBalance, 403, 'Insufficient balance to send the SMS'],
  [refusals.accountExpired, 403, 'Account validity has expired'],
  [refusals.noMatchingResults, 404, 'No matching results'],
  [refusals.tooManyRequests, 429, 'Too Many Requests'],
  [refusals.internalServerError, 500, 'Internal Server Error'],
])('has the status in the body as well: $status', (refusal, status, message) => {
  expect(refusal).toEqual({ status, resource: { RestException: { Status: status, Message: message } } });
});

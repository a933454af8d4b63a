import type { Fields } from '../../exotel/fields.ts';
import type { Format, Resource } from '../../exotel/resource.ts';

/** A request to the vendor's API, read. */
export type ApiRequest = {
  fields: Fields;
  format: Format;
  /** What stands in the path behind the resource's name, without `.json`. */
  id: string;
  /** Path and query as they came, for answers that name pages of themselves. */
  url: string;
};

/** `says`: why, for our log. */
export type Answer = { status: number; body: Resource | readonly Resource[]; says?: string };

/** One endpoint of the vendor's API. */
export type Endpoint = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind `/v1/Accounts/{sid}/`, such as `Calls/connect` or `Calls/:id`; in any case, with and without `.json`. */
  path: string;
  version?: 'v1' | 'v2_beta';
  /** Which limit a minute it counts against. */
  limit?: 'calls' | 'sms';
  /** JSON whether asked for or not. */
  json?: true;
  handle(asked: ApiRequest): Answer | Promise<Answer>;
};

import type * as z from 'zod';

/** What a control request came with. */
export type Given<Body> = { params: Readonly<Record<string, string>>; query: Readonly<Record<string, string>>; body: Body };

/** What it gets: JSON, with status 200 unless told. */
export type Reply = { status?: number; json: unknown };

/** A request as the OpenAPI document has it. */
export type Described = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind `/_press9/`; `{sid}` is a parameter. */
  path: string;
  summary: string;
  body?: z.ZodType;
  query?: readonly { name: string; about: string }[];
  /** What it answers, where that is no JSON. */
  produces?: string;
};

/** A request of the control plane. The OpenAPI document is made from these. */
export type ControlRoute = Described & { handle(given: Given<never>): Reply | Promise<Reply> };

/** A route whose body is read by its schema. */
export const route = <Schema extends z.ZodType = z.ZodUndefined>(
  made: Omit<ControlRoute, 'body' | 'handle'> & {
    body?: Schema;
    handle(given: Given<z.infer<Schema>>): Reply | Promise<Reply>;
  },
): ControlRoute => made as ControlRoute;

/** The request cannot be done, and why, as a sentence. */
export class CannotDo extends Error {
  override name = 'CannotDo' as const;
  readonly status: number;
  constructor(status: 400 | 404 | 409, says: string) {
    super(says);
    this.status = status;
  }
}

export const done = (json: unknown = { ok: true }): Reply => ({ json });

/** How many a list has at most, as its query says. */
export function limitIn({ limit = '' }: Readonly<Record<string, string>>, usual = 100): number {
  return /^\d{1,6}$/.test(limit) ? Math.max(1, Math.min(10_000, Number(limit))) : usual;
}

export const LIMIT = { name: 'limit', about: 'how many at most; 100 unless told' } as const;

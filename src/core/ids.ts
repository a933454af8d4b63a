/** A name that must not be mixed up with another string or number of the same type. */
type Brand<T, Name extends string> = T & { readonly __brand: Name };

/** The `id` of an applet inside one flow file. */
export type NodeId = Brand<string, 'NodeId'>;
/** A CallSid: 32 lower-case letters and digits, not necessarily hexadecimal. */
export type CallId = Brand<string, 'CallId'>;
/** A phone number in E.164, with its plus sign: `+919876543210`. */
export type E164 = Brand<string, 'E164'>;
/** Milliseconds: a duration, or since 1970 where the name says "at". */
export type Ms = Brand<number, 'Ms'>;

export const nodeId = (id: string): NodeId => id as NodeId;
export const callId = (id: string): CallId => id as CallId;
export const e164 = (number: string): E164 => number as E164;
export const ms = (n: number): Ms => n as Ms;

import type { LiveCall } from '../call/run.ts';
import type { Logged } from '../core/event.ts';
import type { CallbackSink, Post } from '../core/ports.ts';
import { type CallbackOptions, callbackFor, type Field } from '../exotel/callback.ts';
import { encodeCallback } from '../exotel/encode.ts';
import type { RunOptions } from './run-options.ts';

export const callbackOptions = ({ callbackProfile, callbackEvents }: RunOptions): CallbackOptions => ({
  profile: callbackProfile,
  events: callbackEvents,
});

export const callbackEncoding = ({ callbackFormat }: RunOptions) =>
  callbackFormat === 'json' ? ('application/json' as const) : ('multipart/form-data' as const);

/** Posts the status callbacks of an outbound call as they fall due. Exotel sends none for inbound calls. */
export function postCallbacks(call: LiveCall, options: RunOptions, sink: CallbackSink): void {
  const url = options.callbackUrl;
  if (url === undefined || call.facts.direction === 'inbound') return;
  let count = 0;
  const hear = (log: readonly Logged[]): void => {
    const fields = callbackFor(log, callbackOptions(options));
    if (fields) sink.send(toPost(fields, ++count, url, call, options), (delivery) => call.note(delivery));
  };
  call.log.forEach((_, i) => {
    hear(call.log.slice(0, i + 1));
  });
  call.subscribe(() => hear(call.log));
}

function toPost(fields: readonly Field[], n: number, url: string, { facts }: LiveCall, options: RunOptions): Post {
  const { contentType, body } = encodeCallback(fields, callbackEncoding(options));
  return { id: `${facts.call}-callback-${n}`, what: 'callback', url, contentType, body, call: facts.call };
}

import type { CallCommand, Header } from '../../core/command.ts';
import type { Logged } from '../../core/event.ts';
import { maskText } from '../../core/phone.ts';
import type { Handset } from '../handset.ts';
import { shortUrl } from '../words.ts';
import { quote } from './quote.ts';
import { requestMeant } from './request.ts';

type Fetch = Extract<CallCommand, { type: 'fetch' }>;

/** Puts the web request that is meant on the clipboard, as a command that asks the same. */
export function copyCurl(phone: Handset): void {
  const branch = phone.current();
  const request = requestMeant(phone.get());
  const fetch = request && branch && fetchIn(branch.phone.call.log, request.id);
  if (!fetch) {
    phone.say('This call has asked no server so far.', 'bad');
    return;
  }
  phone.copy(curlOf(fetch));
  const what = maskText(`${fetch.method} ${shortUrl(fetch.url)}`);
  phone.say(`copied as curl: ${what}; it holds the number called`, 'good');
}

function fetchIn(log: readonly Logged[], id: number): Fetch | undefined {
  for (const { e } of log) if (e.type === 'command' && e.command.type === 'fetch' && e.command.id === id) return e.command;
  return undefined;
}

/** A request as a command for a POSIX shell: the answer with its head, and no longer than the flow would wait. */
export function curlOf({ method, url, headers, timeout }: Pick<Fetch, 'method' | 'url' | 'headers' | 'timeout'>): string {
  const head = ([name, value]: Header) => ['-H', quote(`${name}: ${value}`)];
  // -g: brackets and braces of an address are its own
  return [
    'curl',
    method === 'HEAD' ? '-I' : '-i',
    '-g',
    '-m',
    String(timeout / 1000),
    ...headers.flatMap(head),
    '--url',
    quote(plain(url)),
  ].join(' ');
}

const plain = (url: string): string => url.replace(/[\p{Cc} ]/gu, (char) => encodeURIComponent(char));

import type { AppletCommand, Header } from '../../core/command.ts';
import { type Ms, ms } from '../../core/ids.ts';
import type { CallInput, FetchAnswer } from '../../core/input.ts';
import { applet, ask, options } from './machine.ts';

/** Exotel waits this long for the user's server, as three independent client repositories report. */
export const APP_URL_TIMEOUT: Ms = ms(5000);
/** Sent with dynamic Gather and Connect requests (Exotel help centre, 3000084635 and 3000096873). */
export const EXOTEL_VERSION: Header = ['Exotel-Version', '1.0'];

type AskUrl = {
  url: string;
  fallbackUrl?: string | undefined;
  /** Exotel asks HEAD before GET where it expects text or audio. */
  preflight?: boolean;
  headers?: readonly Header[];
  timeout?: Ms;
  /** What happens when no URL gave a usable answer: `plain` becomes the applet without its URL, `drop` ends the call. */
  otherwise: 'plain' | 'drop';
};

/** Asks the URL, then its fallback, and becomes the applet that the answer describes. */
export function askUrl({ url, fallbackUrl, preflight = false, headers = [], timeout = APP_URL_TIMEOUT, otherwise }: AskUrl) {
  const request = (method: 'GET' | 'HEAD', from: string): AppletCommand => ({
    type: 'fetch',
    method,
    url: from,
    timeout,
    headers,
  });
  const next = fallbackUrl ? 'fallback' : otherwise;
  return applet.createMachine({
    options,
    context: {},
    initial: preflight ? 'head' : 'get',
    states: {
      head: { entry: ask(request('HEAD', url)), on: { 'head.ok': 'get', 'head.bad': next, 'answer.bad': next } },
      get: { entry: ask(request('GET', url)), on: { 'answer.good': 'become', 'answer.bad': next } },
      fallback: {
        entry: fallbackUrl ? [ask(request('GET', fallbackUrl))] : [],
        on: { 'answer.good': 'become', 'answer.bad': otherwise },
      },
      become: { type: 'final', entry: ask({ type: 'become' }) },
      plain: { type: 'final', entry: ask({ type: 'become', plain: true }) },
      drop: { type: 'final', entry: ask({ type: 'hangUp', why: 'dropped' }) },
    },
  });
}

/** The class of an input while a URL is asked; undefined for inputs that have nothing to do with it. */
export function classifyAnswer<S>(
  input: CallInput,
  settings: S,
  read: (answer: FetchAnswer, settings: S) => S | undefined,
): string | undefined {
  if (input.type === 'fetch.failed') return 'answer.bad';
  if (input.type !== 'fetch.answered') return undefined;
  if (input.method === 'HEAD') return input.status === 200 && isPlainText(input) ? 'head.ok' : 'head.bad';
  return read(input, settings) ? 'answer.good' : 'answer.bad';
}

/** Exotel's Greeting and SMS want exactly `text/plain`; one user reports that a charset breaks it. */
export const isPlainText = (answer: FetchAnswer): boolean => answer.contentType.trim().toLowerCase() === 'text/plain';

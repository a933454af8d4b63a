import type { WebRequest } from '../../call/view.ts';
import type { Portability } from '../../core/applet.ts';
import { showClock, showDuration } from '../../core/time.ts';
import { hideNumbers } from '../hide-numbers.ts';
import { isJson, jsonLines } from '../json-lines.ts';
import type { PhoneState, Shown } from '../phone-state.ts';
import { type Param, paramsOf, withoutQuery } from '../query.ts';
import { BAD, BOLD, cutRow, DIM, EMPTY, GOOD, LIT, labelled, type Row, row, rowsOf, type Style, span, WARN } from '../rows.ts';
import { shortUrl, tellTook } from '../words.ts';
import { type Fetched, fetchedBy } from './fetched.ts';
import { answerSeq, ledTo } from './led-to.ts';

/** As much of a server's answer as is shown, and so many of the other requests. */
const MOST_BODY = 4000;
const MOST_LISTED = 5;

const WEB: Style = { color: 'cyan' };

/** Requests to the user's server: all of them in a line each, and the chosen one whole. */
export function webRows(state: PhoneState, shown: Shown, width: number): Row[] {
  const { requests } = shown.view;
  const chosen = Math.min(state.request ?? requests.length - 1, requests.length - 1);
  const request = requests[chosen];
  const asked = questionRows(shown, width);
  if (!request) return [...asked, ...rowsOf('This call has asked no server so far.', width, DIM)];
  const hint = `${request.answer ? 'y curl  e edit answer' : 'y curl'}${requests.length > 1 ? '  up down others' : ''}`;
  return [...asked, ...listRows(shown, chosen, width), cutRow(row(hint, DIM), width), ...requestRows(shown, request, width)];
}

/** A simulation cannot go on by itself. */
function questionRows(shown: Shown, width: number): Row[] {
  const { branch, past } = shown;
  const question = past === undefined ? branch.simulation?.question() : undefined;
  if (!question) return [];
  const { method, url } = question.request;
  return [
    row(' WAITS FOR AN ANSWER ', LIT),
    ...rowsOf(
      `${method} ${hideNumbers(shortUrl(url), shown)}: nobody has recorded an answer for it. Time stands until it has one; x gives it.`,
      width,
      WARN,
    ),
    EMPTY,
  ];
}

/** The requests around the chosen one. */
function listRows(shown: Shown, chosen: number, width: number): Row[] {
  const { requests, startedAt } = shown.view;
  if (requests.length < 2) return [];
  const from = Math.max(0, Math.min(chosen - Math.floor(MOST_LISTED / 2), requests.length - MOST_LISTED));
  const listed = requests.slice(from, from + MOST_LISTED).map((request, i): Row => {
    const here = from + i === chosen;
    const { at, method, url } = request;
    const text = `${here ? '>' : ' '} ${showClock(at - startedAt)} ${method} ${hideNumbers(shortUrl(url), shown)} -> `;
    return cutRow(
      [span(text, here ? BOLD : DIM), span(hideNumbers(came(request), shown), isGood(request) ? (here ? BOLD : DIM) : BAD)],
      width,
    );
  });
  const hidden = requests.length - listed.length;
  return [...listed, ...(hidden > 0 ? [row(`  ${hidden} more`, DIM)] : []), EMPTY];
}

const came = ({ answer }: WebRequest): string => (!answer ? '…' : 'status' in answer ? String(answer.status) : answer.failed);
const isGood = ({ answer }: WebRequest): boolean => !answer || ('status' in answer && answer.status < 400);

function requestRows(shown: Shown, request: WebRequest, width: number): Row[] {
  const { at, node, method, url, async } = request;
  const fetched = fetchedBy(shown, request.id);
  const stand = fetched?.stand;
  const who = `${stand ? `  ${stand.applet.title}` : ''}${async ? ', does not wait' : ''}`;
  const head: Row = [span(`${showClock(at - shown.view.startedAt)} `, DIM), span(node ?? '', BOLD), span(who, DIM)];
  return [
    cutRow(head, width),
    ...rowsOf(hideNumbers(`${method} ${withoutQuery(url)}`, shown), width, WEB),
    ...paramRows(shown, url, width),
    ...answerRows(shown, request, fetched, width),
    ...(stand ? portabilityRows(stand.applet.portability(stand.settings), width) : []),
  ];
}

/** The flow's own parameters, then those that the vendor adds. */
function paramRows(shown: Shown, url: string, width: number): Row[] {
  const params = paramsOf(url).map(([name, value]): Param => [name, hideNumbers(value, shown)]);
  const added = params.findIndex(([name, value]) => name === 'CallSid' && value === shown.facts.call);
  const own = added < 0 ? params : params.slice(0, added);
  const vendors = added < 0 ? [] : params.slice(added);
  return [...listed('of the flow', own, width), ...listed('added by Exotel', vendors, width)];
}

function listed(title: string, params: readonly Param[], width: number): Row[] {
  if (params.length === 0) return [];
  const names = Math.min(Math.max(...params.map(([name]) => name.length)), Math.floor(width / 2));
  const rows = params.flatMap(([name, value]) => labelled(`  ${name.padEnd(names)}  `, value === '' ? '(empty)' : value, width));
  return [row(`  ${title}`, DIM), ...rows];
}

function answerRows(shown: Shown, { answer, at, async, id }: WebRequest, fetched: Fetched | undefined, width: number): Row[] {
  const limit = fetched ? `limit ${showDuration(fetched.command.timeout)}` : '';
  if (!answer) return rowsOf(`-> no answer yet, after ${tellTook(shown.now - at)} (${limit})`, width, DIM);
  const took = tellTook(answer.at - at);
  const seq = fetched && answerSeq(shown.log, fetched.seq, id);
  const to = async || seq === undefined ? undefined : ledTo(shown.log, seq);
  const on = to === undefined ? [] : rowsOf(`-> goes on at ${to}`, width, BOLD);
  if ('failed' in answer)
    return [...rowsOf(`-> ${hideNumbers(answer.failed, shown)}, after ${took} (${limit})`, width, BAD), ...on];
  const { status, contentType, body } = answer;
  const type = contentType === '' ? 'no content type' : contentType;
  return [
    ...rowsOf(`-> ${status} ${type}, ${took}`, width, status < 400 ? GOOD : BAD),
    ...bodyRows(hideNumbers(body.slice(0, MOST_BODY), shown), contentType, width),
    ...(body.length > MOST_BODY ? [row(`  … ${body.length - MOST_BODY} more characters`, DIM)] : []),
    ...on,
  ];
}

function bodyRows(body: string, contentType: string, width: number): Row[] {
  if (body.trim() === '') return [row('  (empty)', DIM)];
  const lines = isJson(body, contentType)
    ? jsonLines(body).map(({ depth, text }) => ({ text, indent: 2 * depth }))
    : body.split(/\r?\n/).map((text) => ({ text: text.trimStart(), indent: text.length - text.trimStart().length }));
  return lines.flatMap(({ text, indent }) => rowsOf(text, width, undefined, 2 + Math.min(indent, Math.floor(width / 2))));
}

const LEVELS: Record<Portability['level'], readonly [says: string, style: Style]> = {
  'as-is': ['as it is', GOOD],
  'needs-server': ['needs a server', WARN],
  'not-possible': ['not possible', BAD],
};

/** Can Exotel's own builder do this? */
function portabilityRows(portability: Portability, width: number): Row[] {
  const [says, style] = LEVELS[portability.level];
  const more = portability.level === 'as-is' ? portability.note : portability.rewrite;
  return labelled('on Exotel: ', more === undefined ? says : `${says}. ${more}`, width, style);
}

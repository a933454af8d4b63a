import { knownOf } from '../../compliance/known.ts';
import { isRegistered, registrationOf } from '../../compliance/registration.ts';
import { deleteFromWhitelist, postToWhitelist, standingAt, type WhitelistBooks } from '../../compliance/whitelist-books.ts';
import type { Answered } from '../../compliance/whitelist-post.ts';
import type { WhitelistSwitches } from '../../compliance/whitelist-switches.ts';
import { oneAtATime } from '../../core/one-at-a-time.ts';
import { maskText, normalise } from '../../core/phone.ts';
import { CIRCLES, type Circle, numberResource, OPERATORS, type Operator } from '../../exotel/number-resource.ts';
import { invalidParameters, restException } from '../../exotel/rest-exception.ts';
import { readWhitelistNumbers, readWhitelistPost, whitelistResult, whitelistStatus } from '../../exotel/whitelist-resource.ts';
import type { Answer, ApiRequest, Endpoint } from '../http/endpoint.ts';
import { type Messages, plainSms } from '../messages.ts';
import type { Parts } from '../parts.ts';
import type { People } from '../people.ts';
import { refused } from './refusal.ts';

export type WhitelistParts = Pick<Parts, 'clock' | 'facts' | 'country' | 'exophones' | 'named' | 'company' | 'say'> & {
  switches: WhitelistSwitches;
  messages: Messages;
  people: People;
};

/** CustomerWhitelist on the machines of compliance/, and the metadata of numbers. */
export function whitelistEndpoints(parts: WhitelistParts): readonly Endpoint[] {
  const inTurn = oneAtATime();
  return [
    { method: 'POST', path: 'CustomerWhitelist', handle: (asked) => inTurn(() => post(parts, asked)) },
    { method: 'DELETE', path: 'CustomerWhitelist', handle: (asked) => inTurn(() => remove(parts, asked)) },
    { method: 'GET', path: 'CustomerWhitelist/:id', handle: (asked) => status(parts, asked) },
    { method: 'GET', path: 'Numbers/:id', handle: (asked) => metadata(parts, asked) },
  ];
}

const booksOf = ({ facts, clock, switches }: WhitelistParts): WhitelistBooks => ({ facts, at: clock.now(), switches });

const ACTOR = 'api';

async function post(parts: WhitelistParts, { fields }: ApiRequest): Promise<Answer> {
  const { company, exophones, named, country, say, messages } = parts;
  const read = readWhitelistPost(fields);
  if (!read.ok) return invalid(parts, read.because);
  const holder = { company, country, exophones: named ? exophones.map(({ number }) => number) : [] };
  const answer = await postToWhitelist(booksOf(parts), { ...read, actor: ACTOR }, holder);
  if (!answer.ok) {
    say({ about: 'request', says: `${answer.status} ${maskText(answer.says)}` });
    return refused(answer.status === 400 ? invalidParameters : restException(answer.status, answer.says));
  }
  for (const note of answer.notes) say({ about: 'request', says: note });
  await record(parts, answer);
  await Promise.all(answer.sms.map(({ to, text }) => messages.push(plainSms(read.exophone, to, text))));
  return { status: 200, body: whitelistResult(answer.counters, answer.message) };
}

async function remove(parts: WhitelistParts, { fields }: ApiRequest): Promise<Answer> {
  const read = readWhitelistNumbers(fields);
  if (!read.ok) return invalid(parts, read.because);
  const answer = await deleteFromWhitelist(booksOf(parts), { numbers: read.numbers, actor: ACTOR }, parts.country);
  await record(parts, answer);
  return { status: 200, body: whitelistResult(answer.counters, answer.message) };
}

async function record({ facts }: WhitelistParts, answer: Answered): Promise<void> {
  if (answer.facts.length > 0) await facts.record(answer.facts);
}

function invalid({ say }: WhitelistParts, because: string): Answer {
  say({ about: 'request', says: `400 ${maskText(because)}` });
  return refused(invalidParameters);
}

async function status(parts: WhitelistParts, { id }: ApiRequest): Promise<Answer> {
  const read = normalise(id, parts.country);
  if (!read.ok) return invalid(parts, `the number in the address is none: ${read.why}`);
  const { vendor } = await standingAt(booksOf(parts), read.number);
  return { status: 200, body: whitelistStatus(vendor) };
}

async function metadata(parts: WhitelistParts, { id }: ApiRequest): Promise<Answer> {
  const read = normalise(id, parts.country);
  if (!read.ok) return invalid(parts, `the number in the address is none: ${read.why}`);
  const { number } = read;
  const known = knownOf(await parts.facts.about(number), number);
  const registered = isRegistered(registrationOf(known, parts.clock.now()));
  const { circle, operator } = parts.people.of(number);
  return {
    status: 200,
    body: numberResource(number, {
      registered,
      ...(isCircle(circle) && { circle }),
      ...(isOperator(operator) && { operator }),
    }),
  };
}

const isCircle = (text: string | undefined): text is Circle => text !== undefined && Object.hasOwn(CIRCLES, text);
const isOperator = (text: string | undefined): text is Operator => text !== undefined && Object.hasOwn(OPERATORS, text);

import type { Fact, NewFact, WhitelistEvent } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import { maskNumber, maskText, normalise } from '../core/phone.ts';
import { type Asking, type NumberEvent, type NumberSnapshot, numberAfter } from './whitelist.ts';
import { type Account, askingOf } from './whitelist-account.ts';
import { type Counters, countersOf, type Handle, handleEach, type NumberResult, succeededIn } from './whitelist-counters.ts';
import { concernsWhitelist, deleteEvent, postEvent } from './whitelist-event.ts';
import { readLanguage, whitelistMessage } from './whitelist-languages.ts';
import { numberStory } from './whitelist-story.ts';
import type { WhitelistSwitches } from './whitelist-switches.ts';

export type Answered = {
  ok: true;
  counters: Counters;
  message: string;
  results: readonly NumberResult[];
  /** To be recorded, all or none. */
  facts: readonly NewFact[];
  sms: readonly { to: E164; text: string }[];
  /** What is doubtful about it, as sentences. */
  notes: readonly string[];
};
/** The request as a whole is refused; nothing changes. */
export type Refused = { ok: false; status: 400 | 403; says: string };

export type PostRequest = { numbers: readonly string[]; exophone: string; language: string; actor: string };
export type DeleteRequest = Pick<PostRequest, 'numbers' | 'actor'>;

/** What the account knows when a request comes. */
export type Books = {
  /** As the line of the request has it. */
  account: Pick<Account, 'mode' | 'flips'>;
  company: string;
  /** ExoPhones of the account; any when there are none. */
  exophones: readonly E164[];
  country: string;
  about(number: E164): readonly Fact[];
};

/** Adds numbers to the whitelist. Pure: the facts are for the caller to record, the messages to send. */
export function postNumbers(request: PostRequest, books: Books, at: Ms, s: WhitelistSwitches): Answered | Refused {
  const checked = check(request, books, s);
  if (!checked.ok) return checked;
  const asks = askingOf(books.account);
  const handled = handleEach(request.numbers, books.country, (number, kind) =>
    kind === 'landline' ? UNREACHABLE : handle(snapshotOf(number, books, at, s), (before) => postEvent(before, asks, at, s)),
  );
  const asked = succeededIn(handled);
  const results = asks === 'subscribe' && s.askedCountsAs === 'Redundant' ? asRedundant(handled) : handled;
  const event = { event: 'post', exophone: checked.line, language: request.language, asks } as const;
  const text = whitelistMessage(asks, books.company, checked.line.replace(/^\+91/, '0'), s);
  return {
    ok: true,
    counters: countersOf(results),
    message: postMessage(asked.length, asks),
    results,
    facts: asked.map((number) => factOf(number, event, at, request.actor)),
    sms: asked.map((to) => ({ to, text })),
    notes: checked.doubt === undefined ? [] : [checked.doubt],
  };
}

type Checked = { ok: true; line: E164; doubt: string | undefined };

function check({ exophone, language }: PostRequest, books: Books, s: WhitelistSwitches): Checked | Refused {
  if (!s.agreementSigned)
    return { ok: false, status: 403, says: 'The agreement about calling NCPR numbers is not signed for this account.' };
  const line = normalise(exophone, books.country);
  if (!line.ok) return refuse(`VirtualNumber "${maskText(exophone)}" is no phone number: ${line.why}.`);
  if (books.exophones.length > 0 && !books.exophones.includes(line.number))
    return refuse(`VirtualNumber ${maskNumber(line.number)} is no ExoPhone of this account.`);
  const read = readLanguage(language, s);
  return read.ok ? { ok: true, line: line.number, doubt: read.doubt } : refuse(read.says);
}

/** Takes numbers off the whitelist; nobody's unsubscription is lifted by it. */
export function deleteNumbers(request: DeleteRequest, books: Books, at: Ms, s: WhitelistSwitches): Answered {
  const results = handleEach(request.numbers, books.country, (number) =>
    handle(snapshotOf(number, books, at, s), () => deleteEvent(s)),
  );
  const gone = succeededIn(results);
  return {
    ok: true,
    counters: countersOf(results),
    message:
      gone.length > 0 ? 'The numbers have been deleted from the whitelist.' : 'No numbers were deleted from the whitelist.',
    results,
    facts: gone.map((number) => factOf(number, { event: 'delete' }, at, request.actor)),
    sms: [],
    notes: [],
  };
}

const refuse = (says: string): Refused => ({ ok: false, status: 400, says });

function snapshotOf(number: E164, { about, account }: Books, at: Ms, s: WhitelistSwitches): NumberSnapshot {
  const own = about(number).filter((fact) => concernsWhitelist(fact, number));
  return numberStory(own, at, s, { flips: account.flips }).snapshot;
}

const UNREACHABLE = { became: 'failed', why: 'it is a landline, which the message does not reach' } as const;

const WHY_NOT: Record<NumberSnapshot['value'], string> = {
  neutral: 'it is not on the whitelist',
  pending: 'it was asked to subscribe a short while ago',
  whitelist: 'it is on the whitelist already',
  blacklist: 'it has unsubscribed',
};

function handle(before: NumberSnapshot, eventFor: (before: NumberSnapshot) => NumberEvent): ReturnType<Handle> {
  const event = eventFor(before);
  if (numberAfter(before, event).outcomes.some(({ type }) => type === 'Succeeded')) return { became: 'succeeded' };
  const why = event.type === 'DELETE' && before.value === 'whitelist' ? 'nothing of it can be deleted' : WHY_NOT[before.value];
  return { became: 'redundant', why };
}

const asRedundant = (results: readonly NumberResult[]): readonly NumberResult[] =>
  results.map((one) => (one.became === 'succeeded' ? { ...one, became: 'redundant', why: 'it has yet to subscribe' } : one));

/** Applications look for the words of the first; the others are ours. */
function postMessage(asked: number, asks: Asking): string {
  if (asked === 0) return 'No numbers were added to the whitelist.';
  return asks === 'unsubscribe'
    ? 'The numbers have been added to the whitelist. If DND number gives a missed call to unsubscribe, the corresponding number will be removed from whitelist.'
    : 'The message has been sent. A number will be added to the whitelist when it gives a missed call to subscribe.';
}

const factOf = (number: E164, whitelist: WhitelistEvent, at: Ms, actor: string): NewFact => ({
  kind: 'whitelist',
  number,
  scope: 'all',
  source: 'api',
  at,
  actor,
  whitelist,
});

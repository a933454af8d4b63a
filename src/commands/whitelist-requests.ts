import { deleteFromWhitelist, postToWhitelist } from '../compliance/whitelist-books.ts';
import type { Answered, Refused } from '../compliance/whitelist-post.ts';
import { UserError } from '../core/problem.ts';
import { printJson, readNumber, trimmed } from './dnc-list.ts';
import type { Io } from './io.ts';
import { checkCountry, type Desk, withDesk } from './whitelist-desk.ts';
import type { DeskOptions, PostOptions } from './whitelist-options.ts';
import { answerJson, answerText } from './whitelist-show.ts';

/** What stands in the message for a company that was not named, as in the vendor's own samples. */
const NOBODY = '<Company>';

/** `press9 whitelist post` */
export async function post(io: Io, texts: readonly string[], given: PostOptions): Promise<void> {
  const options = trimmed(given);
  const numbers = readList(texts, options);
  const exophone = readNumber(options.exophone, options);
  await withDesk(io, options, async (desk) => {
    const request = { numbers, exophone, language: options.language, actor: desk.actor };
    const holder = { company: options.company ?? NOBODY, country: options.country };
    const answer = accepted(await postToWhitelist(desk, request, holder));
    await carryOut(io, desk, answer, options);
    for (const note of answer.notes) io.err(`note: ${note}\n`);
    if (options.company === undefined) io.err(`note: --company is not given; the message says ${NOBODY}.\n`);
  });
}

/** `press9 whitelist delete` */
export async function remove(io: Io, texts: readonly string[], options: DeskOptions): Promise<void> {
  const numbers = readList(texts, options);
  await withDesk(io, options, async (desk) => {
    const { actor } = desk;
    await carryOut(io, desk, await deleteFromWhitelist(desk, { numbers, actor }, options.country), options);
  });
}

function accepted(answer: Answered | Refused): Answered {
  if (answer.ok) return answer;
  const advice = answer.status === 403 ? 'When it is, leave out --switch agreementSigned=false.' : undefined;
  throw new UserError(answer.says, { exitCode: answer.status === 403 ? 3 : 2, ...(advice && { advice }) });
}

async function carryOut(io: Io, { store }: Desk, answer: Answered, options: DeskOptions): Promise<void> {
  const facts = answer.facts.length > 0 ? await store.facts.record(answer.facts) : [];
  if (answer.counters.Failed > 0) io.exitCode = 1;
  if (options.json) printJson(io, answerJson(answer, facts));
  else io.out(answerText(answer));
}

/** Numbers with commas or as words of their own. */
function readList(texts: readonly string[], options: DeskOptions): readonly string[] {
  const numbers = texts.flatMap((text) => text.split(',')).filter((text) => text.trim() !== '');
  if (numbers.length === 0) throw new UserError('No number is given.', { advice: 'Such as 9876543210,9812345678.' });
  checkCountry(options);
  return numbers;
}

import { tellScope } from '../compliance/tell.ts';
import type { E164 } from '../core/ids.ts';
import { inForce } from '../core/in-force.ts';
import { maskNumber } from '../core/phone.ts';
import type { Erased } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { type DncOptions, printJson, readNumber, trimmed, withList } from './dnc-list.ts';
import type { Io } from './io.ts';

export type EraseOptions = DncOptions & { reason?: string; evidence?: string };

/** `press9 dnc erase`: a person's right to be forgotten, while their block holds. */
export async function erase(io: Io, text: string, options: EraseOptions): Promise<void> {
  const number = readNumber(text, options);
  const { reason, evidence } = trimmed(options);
  if (!reason || !evidence) {
    throw new UserError('To erase a person needs --reason and --evidence: it cannot be undone.', {
      advice: 'Such as --reason "asked to be erased" --evidence "letter of 3 May". Do not name the person there.',
    });
  }
  await withList(io, options, async ({ store, now, actor }) => {
    const known = await store.facts.about(number);
    const erased = await store.facts.erase(number, { at: now(), actor, reason, evidence });
    const nothing = erased.facts + erased.entries + erased.posts === 0;
    const again = known.some((fact) => fact.number === number);
    if (nothing && !again) throw new UserError(`Nothing is on record of ${maskNumber(number)}.`, { exitCode: 1 });
    const blocks = inForce(await store.facts.about(number), { number, at: now() });
    if (erased.left !== undefined) io.exitCode = 1;
    if (options.json) printJson(io, { number, ...erased, blocked: blocks.length > 0 });
    else {
      io.out(nothing ? `${maskNumber(number)} was erased before.\n` : tellErased(number, erased));
      io.out(
        blocks.length > 0
          ? `Still blocked, known by a salted hash: ${[...new Set(blocks.map(tellScope))].join(', ')}.\n`
          : 'Not blocked.\n',
      );
    }
    io.err('note: logs, exports and recordings that were written elsewhere are not touched.\n');
    if (erased.left !== undefined)
      io.err(`warning: ${maskNumber(number)} may be left in the store's files: ${erased.left}. Erase it again.\n`);
  });
}

function tellErased(number: E164, { facts, entries, posts, givenUp }: Erased): string {
  const undelivered = givenUp > 0 ? `, of which ${givenUp} had not been delivered` : '';
  const from = `${facts} ${facts === 1 ? 'fact' : 'facts'}, ${entries} audit ${entries === 1 ? 'entry' : 'entries'}`;
  return `${maskNumber(number)} is erased from ${from} and ${posts} ${posts === 1 ? 'post' : 'posts'}${undelivered}.\n`;
}

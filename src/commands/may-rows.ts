import type { Verdict } from '../core/facts.ts';
import type { E164 } from '../core/ids.ts';
import { plainText } from '../core/plain-text.ts';
import { plainIst } from '../core/time.ts';
import type { Io } from './io.ts';
import { verdictJson } from './verdict-json.ts';

/** A number, or the row of a file whose number cannot be read; and what was found. */
export type Judged = { row?: number; number?: E164; verdict: Verdict };

export type Tally = {
  /** Prints it at once. */
  add(judged: Judged): void;
  /** Prints the summary; tells how many may not be contacted now. */
  end(): number;
};

/** Verdicts as lines, or, with the beginning of an object, as its JSON. */
export function createTally(io: Io, json: Readonly<Record<string, unknown>> | undefined): Tally {
  const summary: Record<Verdict['verdict'], number> = { allow: 0, defer: 0, block: 0 };
  let count = 0;
  if (json) io.out(`${JSON.stringify(json).slice(0, -1)},"verdicts":[`);
  return {
    add(judged) {
      const { verdict, ...rest } = judged;
      summary[verdict.verdict]++;
      if (json) io.out(`${count > 0 ? ',' : ''}${JSON.stringify({ ...rest, ...verdictJson(verdict) })}`);
      else io.out(rowOf(judged));
      count++;
    },
    end() {
      const { allow, defer, block } = summary;
      if (json) io.out(`],"summary":${JSON.stringify(summary)}}\n`);
      else io.out(`\n${count} ${count === 1 ? 'number' : 'numbers'}: ${allow} now, ${defer} later, ${block} not\n`);
      return defer + block;
    },
  };
}

function rowOf({ row, number, verdict }: Judged): string {
  const told = verdict.verdict === 'allow' ? [verdict.ground] : verdict.reasons;
  const codes = told.map(({ code }) => code).join(', ');
  const when = verdict.verdict === 'defer' ? `from ${plainIst(verdict.nextAllowedAt)} IST` : '';
  const [first] = told;
  const says = plainText([when, first?.says].filter(Boolean).join(': '));
  return `${(number ?? `row ${row}`).padEnd(13)}  ${verdict.verdict.toUpperCase().padEnd(5)}  ${codes}  ${says}\n`;
}

import type { Ms } from '../core/ids.ts';
import { plainText } from '../core/plain-text.ts';
import { prettyLine } from '../scenario/reporters/pretty.ts';
import { held, type Result } from '../scenario/suite.ts';
import type { Io } from './io.ts';

/** What is shown while scenarios run. */
export type Live = { heard(result: Result): void; done(): void };

/** Nothing: standard output belongs to a document. */
export const SILENT: Live = { heard() {}, done() {} };

/** Often enough for the eye, seldom enough for the terminal. */
const REFRESH = 50;

/** On a terminal one line that keeps changing, and the failures above it; elsewhere a line for each scenario. */
export function createLive(io: Io, files: number, now: () => Ms): Live {
  const { colour } = io;
  if (!io.isTTY || io.env['TERM'] === 'dumb') return createLines(io, now);
  let [passed, failed, begun, file, shown] = [0, 0, 0, '', -REFRESH];
  // The terminal itself cuts the line at its edge.
  const status = (text: string) => io.out(`\r\u001b[2K\u001b[?7l${text}\u001b[?7h`);
  return {
    heard(result) {
      if (result.file !== file) begun++;
      file = result.file;
      if (held(result)) passed++;
      else {
        failed++;
        io.out(`\r\u001b[2K${prettyLine(result, { colour })}\n`);
      }
      if (now() - shown < REFRESH) return;
      shown = now();
      status(`${begun}/${files}  ${passed} passed, ${failed} failed  ${plainText(result.title)}`);
    },
    done: () => io.out('\r\u001b[2K'),
  };
}

/** A line for each scenario, several at a time. */
function createLines({ out, colour }: Io, now: () => Ms): Live {
  let [waiting, shown] = ['', now()];
  const flush = () => {
    if (waiting !== '') out(waiting);
    waiting = '';
    shown = now();
  };
  return {
    heard(result) {
      waiting += `${prettyLine(result, { colour })}\n`;
      if (now() - shown >= REFRESH) flush();
    },
    done: flush,
  };
}

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { parseRecording } from '../adapters/call-log-ndjson.ts';
import { replay } from '../call/replay.ts';
import type { CallEvent, Logged } from '../core/event.ts';
import { showPlace, UserError } from '../core/problem.ts';
import { showClock } from '../core/time.ts';
import { exotelDialect } from '../exotel/dialect.ts';
import type { Io } from './io.ts';
import { openFlow } from './open-flow.ts';

export function replayCommand(io: Io): Command {
  return new Command('replay')
    .name('press9 replay')
    .description('Give a recorded call its inputs again, and name the first thing that happens differently. Nothing is sent.')
    .argument('<recording>', 'an .ndjson file of press9 run --record or --json')
    .option('--flow <file>', 'the flow, when it is no longer where it was')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: { flow?: string; json?: boolean }) => {
      const recorded = await readRecording(io, file);
      const started = recorded[0]?.e;
      if (started?.type !== 'started') throw new UserError(`${file} does not begin with the start of a call.`);
      const { set } = await openFlow(io, options.flow ?? started.facts.file);
      const result = replay({ flows: set, dialect: exotelDialect }, recorded);
      if (options.json) io.out(`${JSON.stringify(result.same ? { same: true, events: recorded.length } : result)}\n`);
      else if (result.same) io.out(`identical: ${recorded.length} events of call ${started.facts.call}\n`);
      else io.out(explain(recorded, result.difference));
      if (!result.same) io.exitCode = 1;
    });
}

async function readRecording(io: Io, file: string): Promise<readonly Logged[]> {
  const text = await readFile(resolve(io.cwd, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      `The recording ${file} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`,
    );
  });
  const parsed = parseRecording(text, file);
  if (!parsed.ok)
    throw new UserError(
      `${showPlace(parsed.problem.at)}: ${parsed.problem.says}`,
      parsed.problem.try ? { advice: parsed.problem.try } : {},
    );
  return parsed.log;
}

function explain(
  recorded: readonly Logged[],
  { index, recorded: was, replayed }: { index: number; recorded: Logged | undefined; replayed: CallEvent | undefined },
): string {
  const at = was ? showClock(was.at - (recorded[0]?.at ?? was.at)) : 'the end';
  const entered = recorded.slice(0, index).findLast(({ e }) => e.type === 'applet.entered')?.e;
  const where = entered?.type === 'applet.entered' ? `, in ${entered.node}` : '';
  return [
    `different from event ${index + 1} on, at ${at}${where}:`,
    `  recorded  ${was ? JSON.stringify(was.e) : 'nothing more'}`,
    `  now       ${replayed ? JSON.stringify(replayed) : 'nothing'}`,
    '',
  ].join('\n');
}

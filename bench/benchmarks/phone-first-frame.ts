import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CannotMeasure, type Goal, type Measured } from '../benchmark.ts';
import { builtProgram } from '../built.ts';
import { interleaved, median } from '../measure.ts';
import { inTerminal, needTerminal } from '../terminal.ts';

/*
 * From the start of `press9 run` in a terminal of 80x24 to the first frame that names the flow. The pseudo terminal is
 * made by `script` of util-linux; the empty node runs in one too, and is timed to its end: what the terminal costs is in
 * both.
 */
export const name = 'phone-first-frame';
export const goal: Goal = { ratio: 10, sense: 'at-most' };

const FLOW = 'appointment-reminder';
const STARTS = 5;
const PATIENCE_MS = 20_000;

export async function run(): Promise<readonly Measured[]> {
  const bin = builtProgram();
  needTerminal();
  const flow = fileURLToPath(new URL(`../../flows/${FLOW}/flow.xml`, import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'press9-bench-'));
  const phone = [bin, 'run', flow, '--to', '9876543210', '--set', 'name=Asha', '--store', 'memory:'];
  const measure = async (program: 'ours' | 'node') => {
    const times = [];
    for (let i = 0; i < STARTS; i++)
      times.push(await (program === 'ours' ? firstFrame(phone, folder) : timeToEnd(['-e', '0'], folder)));
    return median(times);
  };
  try {
    await measure('ours');
    const { ours, node } = await interleaved(['ours', 'node'], measure);
    return [{ against: 'node -e 0', unit: 'ms', ours, theirs: node, judged: true }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeToEnd(args: readonly string[], cwd: string): Promise<number> {
  const begun = performance.now();
  await once(inTerminal(args, cwd), 'close');
  return performance.now() - begun;
}

async function firstFrame(args: readonly string[], cwd: string): Promise<number> {
  const begun = performance.now();
  const terminal = inTerminal(args, cwd);
  const closed = once(terminal, 'close');
  let output = '';
  const shown = new Promise<number>((resolve) => {
    terminal.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes(FLOW)) resolve(performance.now() - begun);
    });
  });
  const taken = await Promise.race([shown, closed.then(() => undefined), wait(PATIENCE_MS, undefined, { ref: false })]);
  if (terminal.exitCode === null && terminal.pid !== undefined) {
    terminal.stdin?.end('q');
    const ended = await Promise.race([closed.then(() => true), wait(1000, false, { ref: false })]);
    if (!ended) process.kill(-terminal.pid, 'SIGKILL');
    await closed;
  }
  if (taken === undefined) throw new CannotMeasure(`the phone showed no frame with "${FLOW}". It said:\n${output.slice(-500)}`);
  return taken;
}

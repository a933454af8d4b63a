import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CannotMeasure } from './benchmark.ts';
import { builtProgram } from './built.ts';
import { insideOf, inTerminal, needTerminal } from './terminal.ts';

/** Two applets that lead to each other for ever: speech, a key that is waited for, and again. */
const FLOW = `<?xml version="1.0" encoding="UTF-8"?>
<Flow name="looping" start="welcome" class="service-implicit">
  <Greeting id="welcome" next="menu"><Say>You are in a call that goes round and round until somebody hangs up.</Say></Greeting>
  <IvrMenu id="menu" timeout="5s" tries="2" noInput="welcome" invalid="welcome">
    <Say>Press 1 to hear this again, press 2 to hear it another time, or wait.</Say>
    <Key digit="1" next="menu"/> <Key digit="2" next="welcome"/>
  </IvrMenu>
</Flow>
`;
const PATIENCE_MS = 20_000;

/** Opens the phone on a call that never ends, answers it, types `keys`, and hands over the id of its process. */
export async function withLoopingPhone<T>(keys: string, work: (pid: number) => Promise<T>): Promise<T> {
  needTerminal();
  const bin = builtProgram();
  const folder = mkdtempSync(join(tmpdir(), 'press9-bench-'));
  writeFileSync(join(folder, 'flow.xml'), FLOW);
  const terminal = inTerminal([bin, 'run', 'flow.xml', '--to', '9876543210', '--store', 'memory:'], folder);
  const closed = once(terminal, 'close');
  try {
    const shows = seen(terminal);
    if (!(await shows('answer'))) throw new CannotMeasure('the phone did not ring.');
    terminal.stdin?.write(`a${keys}`);
    if (!(await shows('PROGRESS'))) throw new CannotMeasure('the phone was not answered.');
    return await work(insideOf(terminal));
  } finally {
    terminal.stdin?.write('q');
    await Promise.race([closed, wait(3000, undefined, { ref: false })]);
    if (terminal.exitCode === null && terminal.pid !== undefined) process.kill(-terminal.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function seen({ stdout }: ReturnType<typeof inTerminal>): (text: string) => Promise<boolean> {
  let output = '';
  stdout?.setEncoding('utf8').on('data', (piece: string) => {
    output = (output + piece).slice(-20_000);
  });
  return async (text) => {
    for (let waited = 0; waited < PATIENCE_MS; waited += 50) {
      if (output.includes(text)) return true;
      await wait(50);
    }
    return false;
  };
}

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { BIN, inTempFolder } from '../../test/kit/cli.ts';
import { ROOT } from '../../test/source-files.ts';
import { BEAT } from '../tui/demo.ts';
import type { NextCommand } from '../tui/demo-end.ts';
import type { DemoFrame, DemoStep } from '../tui/demo-story.ts';
import { textOf } from '../tui/rows.ts';
import { screen } from '../tui/screen.ts';
import { columns } from '../tui/width.ts';
import { demoCommand } from './demo.ts';
import { playDemo } from './demo-play.ts';
import type { Io } from './io.ts';

const ioIn = (cwd: string, out: (text: string) => void = () => {}): Io => ({
  out,
  err: out,
  cwd,
  env: {},
  isTTY: false,
  colour: false,
  exitCode: 0,
});

afterEach(() => void vi.unstubAllGlobals());

async function told(cwd: string, ...argv: readonly string[]): Promise<string> {
  let text = '';
  const io = ioIn(cwd, (piece) => {
    text += piece;
  });
  await demoCommand(io).parseAsync([...argv], { from: 'user' });
  expect(io.exitCode).toBe(0);
  return text;
}

describe('press9 demo where there is no terminal', () => {
  it('tells the whole story in lines, in its order', async () => {
    const story = await told(ROOT);
    const milestones = [
      'ringing: Asha',
      'welcome says: Hello Asha',
      'key 5: not offered',
      'moment 5 of 7',
      'simulation, 1 at 0:14: nothing is written or posted',
      'confirmed says: Thank you for confirming.',
      'branch 1 of 2: the real call',
      'key 9',
      'opt-out recorded',
      'status callback, multipart/form-data, POST https://clinic.example/calls',
      'is on the do-not-call list.',
      'not called',
      'ringing: Imran',
      'the next web request gets status 500',
      'sorry says: Hello from Kaveri Bank. We cannot read your balance',
      'tab web',
      'call over: the flow hung up at bye',
      'What to try next:',
    ];
    let from = 0;
    for (const milestone of milestones) {
      const at = story.indexOf(milestone, from);
      expect(at, `${milestone}, after "${story.slice(from, from + 80)}"`).toBeGreaterThanOrEqual(0);
      from = at;
    }
  });

  it('tells the same again, also with --plain, asks no server and writes no file', async () => {
    const asked = vi.fn();
    vi.stubGlobal('fetch', asked);
    await inTempFolder(async (folder) => {
      expect(await told(folder)).toBe(await told(folder, '--plain'));
      expect(readdirSync(folder)).toEqual([]);
    });
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('press9 demo on a screen', () => {
  const steps: DemoStep[] = [];
  const rows: string[] = [];
  const frames = new Map<DemoFrame, string>();
  let next: readonly NextCommand[] = [];
  let passed = 0;

  beforeAll(async () => {
    next = await playDemo(ioIn(ROOT), 'screen', (phone) => {
      const calls = () => phone.get().at.page === 'call';
      phone.session.every(BEAT, () => {
        if (calls()) passed += BEAT;
      });
      const seen = (step: DemoStep) => {
        // Files are read outside of calls, and time passes as fast as it can meanwhile.
        if (!calls()) passed += step.seen + 100 * (step.keys?.length ?? 0);
        const text = screen(phone.get(), { columns: 80, rows: 24 }).map((row) => textOf(row).trimEnd());
        steps.push(step);
        rows.push(...text);
        if (step.frame) frames.set(step.frame, text.join('\n'));
      };
      return { seen };
    });
  });

  it('has captions that fit the last line of 80 columns', () => {
    const captions = steps.flatMap(({ caption }) => (caption === undefined ? [] : [caption]));
    expect(captions.length).toBeGreaterThan(10);
    expect(captions.filter((caption) => columns(caption) > 78)).toEqual([]);
    for (const caption of captions) expect(rows).toContain(` ${caption}`);
  });

  it('takes a little less than a minute', () => {
    expect(passed / 1000).toBeGreaterThan(45);
    expect(passed / 1000).toBeLessThan(58);
  });

  it('shows what each of its frames is named after', () => {
    expect(frames.get('menu')).toMatch(/your turn +\[#+\.+\] 2\.\d s of 5\.0 s/);
    expect(frames.get('past')).toContain('PAST 5 of 7');
    expect(frames.get('simulation')).toContain('SIMULATION 1 of 1: 1 at 0:14  nothing is written or posted');
    expect(frames.get('compared')).toContain('+ 0:14 key 1 -> confirmed');
    expect(frames.get('opt-out')).toContain('[11 words');
    expect(frames.get('callbacks')).toContain('attempt 1: 200, delivered');
    expect(frames.get('dnc')).toContain('+91 98xxxxx210 is on the do-not-call list.');
    expect(frames.get('web')).toContain('-> 500 text/plain');
  });

  it('ends with commands to try, each of which works', { timeout: 60_000 }, async () => {
    expect(next.length).toBeGreaterThanOrEqual(3);
    expect(rows.slice(-24).join('\n')).toContain('What to try next');
    for (const { command } of next) expect(rows.slice(-24).join('\n')).toContain(command);
    await inTempFolder(async (folder) => {
      const there = await playDemo(ioIn(folder), 'lines', () => ({}));
      for (const { command } of there) {
        const line = command.replace(/^npx press9/, `'${process.execPath}' '${BIN}'`);
        const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8', input: '' });
        expect(status, `${line}\n${stderr}`).toBe(0);
      }
    });
  });
});

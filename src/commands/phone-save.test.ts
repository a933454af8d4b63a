import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../test/flow-files.ts';
import { workFolder } from '../../test/kit/phone-folder.ts';
import { applets, play, type Script } from '../../test/kit/play.ts';
import { type PhoneStage, setStage, settle } from '../../test/phone/stage.ts';
import { parseRecording } from '../adapters/call-log-ndjson.ts';
import { momentsOf } from '../call/moments.ts';
import type { Logged } from '../core/event.ts';
import { ms } from '../core/ids.ts';
import type { Digit } from '../core/input.ts';
import { readScenario } from '../scenario/read.ts';
import { runScenario } from '../scenario/run.ts';
import type { PhoneCall } from '../tui/session.ts';
import { createFlowCache } from './flow-cache.ts';
import { saveCall, saveName } from './phone-save.ts';
import { scenarioWorlds } from './scenario-world.ts';

let cwd: string;
beforeEach(() => {
  cwd = workFolder('appointment-reminder', 'support-desk', 'office-hours');
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const REMINDER = 'flows/appointment-reminder/flow.xml';
const SHOP = `<IvrMenu id="menu" timeout="5s" tries="2" noInput="bye" invalid="bye"><Say>Press a key.</Say>
    <Key digit="1" next="news"/><Key digit="9" next="off"/><Key digit="*" next="bye"/></IvrMenu>
  <Greeting id="news" goal="read the News" next="bye"><Say>No news today.</Say></Greeting>
  <OptOut id="off" next="bye" failed="bye"/><Hangup id="bye"/>`;

/** A call of the reminder's file. */
async function call(script: Script, file = REMINDER) {
  const { log, plan } = await play(applets(SHOP), { ...script, facts: { file, ...script.facts } });
  return { log, set: plan.flows };
}
const nameOf = async (script: Script, file?: string) => saveName(cwd, (await call(script, file)).log);

describe('the name of a call that is saved', () => {
  const scenarios = 'flows/appointment-reminder/scenarios';

  it.each([
    [{ keys: '1' }, '1-read-the-news.yaml'],
    [{ keys: '4, 9' }, '49-opts-out.yaml'],
    [{ keys: '9', optOut: { ok: false, says: 'full' } }, '9-opt-out-fails.yaml'],
    [{ keys: '*' }, 'star-menu.yaml'],
    [{ keys: 'wait 1s, hangup' }, 'hangs-up-menu.yaml'],
    [{ callee: 'busy' }, 'busy.yaml'],
    [{ until: 1 }, 'call.yaml'],
  ] as const)('tells what happened: %o', async (script, name) => {
    rmSync(join(cwd, scenarios), { recursive: true });
    expect(await nameOf(script)).toBe(`${scenarios}/${name}`);
  });

  it('is never that of a file that is there', async () => {
    writeFileSync(join(cwd, scenarios, '1-read-the-news.yaml'), '');
    mkdirSync(join(cwd, scenarios, '1-read-the-news-2.yaml'));
    expect(await nameOf({ keys: '1' })).toBe(`${scenarios}/1-read-the-news-3.yaml`);
  });

  it('holds no long number that somebody typed', async () => {
    const typed = await play(applets('<Gather id="card" next="bye"><Say>Card?</Say></Gather><Hangup id="bye"/>'), {
      keys: '4111111111111111#',
    });
    expect(saveName(cwd, typed.log)).toMatch(/keys-card\.yaml$/);
  });

  it('is in the working folder for the flow of a package, and where nothing can be written', async () => {
    expect(await nameOf({ keys: '1' }, 'node_modules/press9/flows/x/flow.xml')).toBe('1-read-the-news.yaml');
    expect(await nameOf({ keys: '1' }, 'gone/flow.xml')).toBe('1-read-the-news.yaml');
    writeFileSync(join(cwd, 'flows/otp'), 'no folder');
    expect(await nameOf({ keys: '1' }, 'flows/otp/flow.xml')).toBe('1-read-the-news.yaml');
  });
});

describe('saving a call', () => {
  it('writes a scenario, into a folder scenarios that it makes, for its owner only', async () => {
    rmSync(join(cwd, 'flows/appointment-reminder/scenarios'), { recursive: true });
    const { log, set } = await call({ keys: '1' });
    const file = saveName(cwd, log);
    expect(await saveCall(cwd, set, log, ` ${file} `, false)).toEqual({ saved: file });
    const text = readFileSync(join(cwd, file), 'utf8');
    expect(text).toContain('press: "1"');
    expect(text).not.toContain('flow:');
    expect(statSync(join(cwd, file)).mode & 0o777).toBe(0o600);
  });

  it('names the flow where the scenario does not lie beside it', async () => {
    const { log, set } = await call({ keys: '1' });
    expect(await saveCall(cwd, set, log, 'mine.YML', false)).toEqual({ saved: 'mine.YML' });
    expect(readFileSync(join(cwd, 'mine.YML'), 'utf8')).toContain('flow: flows/appointment-reminder/flow.xml');
  });

  it('writes a log that can be read again', async () => {
    const { log, set } = await call({ keys: '1' });
    expect(await saveCall(cwd, set, log, 'call.ndjson', false)).toEqual({ saved: 'call.ndjson' });
    expect(parseRecording(readFileSync(join(cwd, 'call.ndjson'), 'utf8'))).toEqual({
      ok: true,
      log: JSON.parse(JSON.stringify(log)),
    });
  });

  it('writes over a file only when told', async () => {
    writeFileSync(join(cwd, 'mine.yaml'), 'precious');
    const { log, set } = await call({ keys: '1' });
    expect(await saveCall(cwd, set, log, 'mine.yaml', false)).toEqual({ exists: 'mine.yaml' });
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toBe('precious');
    expect(await saveCall(cwd, set, log, 'mine.yaml', true)).toEqual({ saved: 'mine.yaml' });
  });

  it.each([
    ['', 'Type the name of a file'],
    ['call.txt', 'neither a scenario (.yaml) nor a log (.ndjson)'],
    ['flows', 'flows is a folder'],
    ['flows/', 'is a folder'],
    ['no/such/call.yaml', 'The folder of no/such/call.yaml does not exist.'],
    ['no/such/scenarios/call.yaml', 'does not exist'],
    ['package.json/call.ndjson', 'does not exist'],
  ])('says what is wrong with %j', async (file, says) => {
    const { log, set } = await call({ keys: '1' });
    const before = readdirSync(cwd);
    expect(await saveCall(cwd, set, log, file, true)).toEqual({ trouble: expect.stringContaining(says) });
    expect(readdirSync(cwd)).toEqual(before);
  });

  it.each(['call.yaml', 'call.ndjson'])('says when the disk refuses %s', async (file) => {
    const { log, set } = await call({ keys: '1' });
    expect(await saveCall('/dev/null', set, log, file, false)).toEqual({ trouble: expect.stringContaining('does not exist') });
    expect(await saveCall('/proc', set, log, file, false)).toEqual({ trouble: expect.stringMatching(/cannot|Cannot/) });
  });
});

describe('a scenario saved from the phone', () => {
  /** Fails with what the scenario says when it does not pass. */
  async function expectToPass({ flows, call: { log } }: PhoneCall): Promise<void> {
    const file = saveName(cwd, log);
    expect(await saveCall(cwd, flows, log, file, false)).toEqual({ saved: file });
    const text = readFileSync(join(cwd, file), 'utf8');
    const read = readScenario(text, file);
    if (!read.ok) throw new Error(`${JSON.stringify(read.problems)}\n${text}`);
    for (const scenario of read.scenarios) {
      const { failures } = await runScenario(scenario, scenarioWorlds(cwd, createFlowCache(cwd).load));
      expect(failures, text).toEqual([]);
    }
  }

  async function go(stage: PhoneStage, phone: PhoneCall, doing: readonly (number | Digit | 'hang up')[]): Promise<void> {
    for (const one of doing) {
      if (typeof one === 'number') await stage.clock.advance(ms(one));
      else if (one === 'hang up') phone.call.hangUp();
      else phone.call.press(one);
      await settle(stage);
    }
  }

  async function dial(flow: string): Promise<{ stage: PhoneStage; phone: PhoneCall }> {
    const answers = ['* */plan => 200 {"select":"gold"}', '* * => 200 yes'];
    const stage = await setStage(flow, { answers });
    const placed = await stage.session.dial();
    if (!placed.placed) throw new Error('refused');
    await go(stage, placed.phone, [2500]);
    placed.phone.answer();
    await settle(stage);
    return { stage, phone: placed.phone };
  }

  const answered = (log: readonly Logged[]) =>
    log.findIndex(({ e }) => e.type === 'input' && e.input.type === 'leg.changed' && e.input.to === 'answered');

  it('takes servers for silent that a call under way has not asked yet', async () => {
    const { stage, phone } = await dial(join(cwd, 'flows/support-desk/flow.xml'));
    const start = { log: phone.call.log.slice(0, answered(phone.call.log)), flows: phone.flows, recorded: [] };
    const simulation = stage.session.simulate(start);
    await expectToPass(simulation);
    const [file = ''] = readdirSync(join(cwd, 'flows/support-desk/scenarios')).filter((name) => name.startsWith('call'));
    expect(readFileSync(join(cwd, 'flows/support-desk/scenarios', file), 'utf8')).toContain('fail: timeout');
    simulation.close();
  });

  const examples = readdirSync(join(ROOT, 'flows')).filter((name) => existsSync(join(ROOT, 'flows', name, 'flow.xml')));

  it.each(examples)('passes: calls of %s, whole, under way, and simulations that leave them', async (name) => {
    rmSync(cwd, { recursive: true });
    cwd = workFolder(name, ...(name === 'support-desk' ? ['office-hours'] : []));
    const { stage, phone } = await dial(join(cwd, 'flows', name, 'flow.xml'));
    await go(stage, phone, [7000, '1', 4200]);
    await expectToPass(phone);
    await go(stage, phone, ['2', 600_000]);
    await expectToPass(phone);
    const { log } = phone.call;
    const past = momentsOf(log).filter((count) => count > answered(log) && count < log.length);
    for (const [i, count] of past.entries()) {
      const part = log.slice(0, count);
      const simulation = stage.session.simulate({ log: part, flows: phone.flows, recorded: log });
      simulation.clock.resume();
      await go(stage, simulation, i % 2 === 0 ? ['9', 600_000] : [1300, '9', '1', 4000, 'hang up']);
      await expectToPass(simulation);
      simulation.close();
    }
  });
});

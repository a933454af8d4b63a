import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BIN, inTempFolder, press9 } from './kit/cli.ts';
import { serve } from './kit/server.ts';
import { ROOT } from './source-files.ts';

const REMINDER = join(ROOT, 'flows/appointment-reminder/flow.xml');
const FIXED = ['--at', '2026-11-22T10:00', '--seed', '7'];

const callSidIn = (out: string): string => /CallSid=(\w{32})/.exec(out)?.[1] ?? 'no CallSid';

describe('pressing 9', () => {
  it('puts the caller on the list, tells the server, and stops the next call until the person asks again', async () => {
    const server = await serve((_, response) => response.writeHead(204).end());
    await inTempFolder(async (cwd) => {
      const flow = join(cwd, 'offer.xml');
      writeFileSync(
        flow,
        `<Flow name="diwali-offer" start="menu" class="service-explicit"><IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 1 for lamps, or 8 to hear no more of us.</Say>
          <Key digit="1" next="bye"/><Key digit="8" next="stop"/></IvrMenu><OptOut id="stop" url="${server.url}/optouts" next="done" failed="bye"/>
          <Greeting id="done" next="bye"><Say>You will hear no more of us.</Say></Greeting><Hangup id="bye"/></Flow>`,
      );
      const first = await press9(['run', flow, '--to', '098765 00042', '--keys', '8'], { cwd });
      expect(first.code).toBe(0);
      expect(first.err).toContain(join(cwd, '.press9/store.db'));
      expect(first.out).toContain('You will hear no more of us.');
      expect(first.out).toContain('DNC       +919876500042 opted out of everything by key 8: recorded as');
      expect(first.out).toContain('Digits=8');
      const sid = callSidIn(first.out);

      expect(server.requests).toMatchObject([{ method: 'POST', path: '/optouts' }]);
      expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({
        event: 'opt-out',
        number: '+919876500042',
        key: '8',
        callSid: sid,
      });

      const second = await press9(['run', flow, '--to', '9876500042', '--keys', '1'], { cwd });
      expect(second.code).toBe(3);
      expect(second.err).toContain(sid);
      expect(second.err).not.toContain('9876500042 may');
      expect(second.out).toBe('');

      writeFileSync(join(cwd, 'earlier.ndjson'), 'an earlier call');
      const recorded = await press9(['run', flow, '--to', '9876500042', '--record', 'earlier.ndjson'], { cwd });
      expect(recorded.code).toBe(3);
      expect(readFileSync(join(cwd, 'earlier.ndjson'), 'utf8')).toBe('an earlier call');

      const bare = await press9(['dnc', 'remove', '9876500042'], { cwd });
      expect(bare.code).not.toBe(0);
      const removed = await press9(['dnc', 'remove', '9876500042', '--reason', 'asked again', '--evidence', 'ticket 4711'], {
        cwd,
      });
      expect(removed.code).toBe(0);

      const third = await press9(['run', flow, '--to', '9876500042', '--keys', '1'], { cwd });
      expect(third.code).toBe(0);
      expect(third.out).toContain('Digits=1');
    });
    await server.close();
  });

  it('is kept when the process is killed the moment it was recorded, and its webhook goes out with the next call', async () => {
    const server = await serve((_, response) => response.writeHead(200).end());
    await inTempFolder(async (cwd) => {
      const flow = join(cwd, 'flow.xml');
      writeFileSync(
        flow,
        `<Flow name="f" start="menu" class="SI"><IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 9 to stop.</Say><Key digit="9" next="stop"/></IvrMenu>
          <OptOut id="stop" url="${server.url}/optouts" next="slow" failed="bye"/>
          <Passthru id="slow" url="${server.url}/never" timeout="30s"><On status="200" next="bye"/></Passthru><Hangup id="bye"/></Flow>`,
      );
      const killed = await press9(['run', flow, '--to', '9876500043', '--keys', '9', '--json'], {
        cwd,
        killWhen: (out) => out.includes('optOut.recorded'),
      });
      expect(killed.signal).toBe('SIGKILL');
      const check = await press9(['dnc', 'check', '9876500043', '--json'], { cwd });
      expect(check.code).toBe(3);
      expect(JSON.parse(check.out)).toMatchObject({ numbers: [{ number: '+919876500043', listed: true }] });
    });
    await server.close();
  });

  it('says nothing false when the store cannot be written, and the opt-out still counts', async () => {
    await inTempFolder(async (cwd) => {
      writeFileSync(join(cwd, '.press9'), 'a file where the folder should be');
      const run = await press9(['run', REMINDER, '--to', '9876500044', '--set', 'name=Asha', '--keys', '9'], { cwd });
      expect(run.code).toBe(1);
      expect(run.err).toMatch(/WARNING/);
      expect(run.out).not.toContain('You have been removed');
      expect(run.out).toContain('NOT in the store');
      const again = await press9(['run', REMINDER, '--to', '9876500044', '--keys', '1'], { cwd });
      expect(again.code).toBe(3);
      expect(readFileSync(join(cwd, '.press9'), 'utf8')).toBe('a file where the folder should be');
    });
  });
});

describe('the log', () => {
  it('is the same byte for byte with the same instant, seed and inputs', async () => {
    const args = ['run', REMINDER, '--json', ...FIXED, '--store', 'memory:', '--keys', '7, 9', '--answer', 'POST * => 200'];
    const [one, two] = [await press9(args), await press9(args)];
    expect(one.code).toBe(0);
    expect(one.out).toBe(two.out);
    const lines = one.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ seq: 1, at: '2026-11-22T10:00:00.000+05:30', type: 'started' });
    expect(lines.find(({ type }) => type === 'applet.entered')).toMatchObject({ node: 'welcome' });
  });

  it('replays as recorded, and after an edit of the flow the first difference is named', async () => {
    await inTempFolder(async (cwd) => {
      const xml = readFileSync(REMINDER, 'utf8');
      writeFileSync(join(cwd, 'flow.xml'), xml);
      const run = await press9(
        ['run', 'flow.xml', ...FIXED, '--set', 'name=Asha', '--keys', '7, wait 6s, 1', '--record', 'call.ndjson'],
        { cwd },
      );
      expect(run.code).toBe(0);
      expect(statSync(join(cwd, 'call.ndjson')).mode & 0o777).toBe(0o600);
      const same = await press9(['replay', 'call.ndjson'], { cwd });
      expect([same.code, same.out]).toEqual([0, expect.stringMatching(/^identical: \d+ events/)]);
      writeFileSync(join(cwd, 'flow.xml'), xml.replace('Thank you for confirming.', 'Thanks a lot.'));
      const other = await press9(['replay', 'call.ndjson'], { cwd });
      expect(other.code).toBe(1);
      expect(other.out).toMatch(/different from event \d+ on, at 0:\d\d, in confirmed:/);
      expect(other.out).toContain('Thanks a lot.');
    });
  });
});

describe('a real server', () => {
  const flowFor = (
    url: string,
    timeout: string,
  ) => `<Flow name="ask" start="ask" class="T"><Passthru id="ask" url="${url}/slots?branch=mumbai" timeout="${timeout}"><On status="200" next="yes"/><On status="302" next="no"/><Else next="broken"/></Passthru>
      <Hangup id="yes"/><Hangup id="no"/><Hangup id="broken"/></Flow>`;
  const huge = 'x'.repeat(10 * 1024 * 1024);

  it.each([
    ['200', 'yes', 0],
    ['302', 'no', 0],
    ['500', 'broken', 0],
    ['huge', 'broken', 0],
    ['nothing', 'broken', 3000],
  ])('that answers %s leads to "%s", after %i ms of virtual time', async (kind, node, cost) => {
    const server = await serve((_, response) => {
      if (kind === 'huge') response.writeHead(200, { 'Content-Type': 'text/plain' }).end(huge);
      else if (kind !== 'nothing') response.writeHead(Number(kind), { Location: '/elsewhere' }).end('{}');
    });
    await inTempFolder(async (cwd) => {
      // Whoever answers has time to: the machine may be busy.
      writeFileSync(join(cwd, 'flow.xml'), flowFor(server.url, kind === 'nothing' ? '3s' : '15s'));
      const { out, code } = await press9(
        ['run', 'flow.xml', ...FIXED, '--store', 'memory:', '--to', '9876543210', '--custom-field', 'order 7', '--json'],
        { cwd },
      );
      expect(code).toBe(0);
      const log = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string; at: string; why?: unknown });
      const answered = log.find(({ type }) => type === 'applet.entered');
      const ended = log.find(({ type }) => type === 'ended');
      expect(ended?.why).toEqual({ by: 'flow', node });
      expect(Date.parse(ended?.at ?? '') - Date.parse(answered?.at ?? '')).toBe(cost);
    });
    const [request] = server.requests;
    expect(server.requests).toHaveLength(1);
    expect(request?.method).toBe('GET');
    expect(Object.fromEntries(request?.query ?? [])).toMatchObject({
      branch: 'mumbai',
      CallFrom: '09876543210',
      From: '09876543210',
      Direction: 'outbound-dial',
      EndTime: '1970-01-01 05:30:00',
      CurrentTime: '2026-11-22 10:00:03',
      CustomField: 'order 7',
      CallType: 'call-attempt',
    });
    await server.close();
  });

  it('gets status callbacks as multipart form data, each attempt in the log', async () => {
    let asked = 0;
    const server = await serve((_, response) => response.writeHead(++asked === 1 ? 500 : 200).end());
    const { out, code } = await press9([
      'run',
      REMINDER,
      ...FIXED,
      '--store',
      'memory:',
      '--keys',
      '1',
      '--callback-url',
      `${server.url}/status`,
      '--callback-retries',
      '5m',
    ]);
    expect(code).toBe(0);
    expect(server.requests).toHaveLength(2);
    expect(server.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(server.requests[0]?.body).toMatch(/name="Digits"\r\n\r\n1\r\n/);
    expect(out).toContain('delivered, 200');
    expect(out).toMatch(/callback POST .* <- 500, not delivered/);
    await server.close();
  });
});

describe('mistakes on the command line', () => {
  it.each([
    [['run', 'flows/apointment-reminder/flow.xml'], 'There is no flow'],
    [['run', 'flows/appointment-reminder/flw.xml'], 'Did you mean flows/appointment-reminder/flow.xml?'],
    [['run', REMINDER, '--to', '12345'], 'is no phone number'],
    [['run', REMINDER, '--keys', 'x'], '"x" is no key'],
    [['run', REMINDER, '--record', 'call.txt'], '.ndjson'],
    [['run', REMINDER, '--at', 'tomorrow'], '2026-11-22T10:00'],
    [['rnu', REMINDER], 'Did you mean "run"?'],
    [['run', REMINDER, '--kyes', '9'], '--keys'],
    [['replay', 'nothing.ndjson'], 'there is no such file'],
  ])('%j is told in a sentence, exit code 2, and no stack', async (args, says) => {
    const { code, err, out } = await press9([
      ...args,
      ...(args.includes('--store') || args[0] !== 'run' ? [] : ['--store', 'memory:']),
    ]);
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(err + out).not.toMatch(/\n\s+at /);
  });

  it('a store of which a folder is a file, corrupt, or of the future, is told before anything rings', async () => {
    await inTempFolder(async (cwd) => {
      mkdirSync(join(cwd, '.press9'));
      writeFileSync(join(cwd, '.press9/store.db'), 'this is no database, but long enough to look like something '.repeat(20));
      const { code, err, out } = await press9(['run', REMINDER, '--keys', '1'], { cwd });
      expect(code).not.toBe(0);
      expect(err).toContain('store.db');
      expect(out).toBe('');
    });
  });

  it('a reader that goes away ends it quietly, a full disk is told', () => {
    const sh = (tail: string) =>
      spawnSync(
        'sh',
        ['-c', `"$0" "$1" run "$2" --json --store memory: --at 2026-11-22T10:00 ${tail}`, process.execPath, BIN, REMINDER],
        {
          encoding: 'utf8',
        },
      );
    const piped = sh('| head -n 1');
    expect([piped.status, piped.stdout.split('\n').length]).toEqual([0, 2]);
    expect(piped.stderr).toMatch(/^store: .*\n$/);
    if (!existsSync('/dev/full')) return;
    const full = sh('> /dev/full');
    expect(full.status).toBe(1);
    expect(full.stderr).toContain('standard output cannot be written');
  });
});

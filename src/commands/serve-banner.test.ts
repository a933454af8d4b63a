import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import { banner, type Ready, readyOf } from './serve-banner.ts';
import { createServeLog } from './serve-log.ts';

const ready: Ready = {
  press9: '1.0.0',
  url: 'http://127.0.0.1:4010',
  sid: 'clinic',
  key: 'k',
  token: 't',
  control: 'http://127.0.0.1:4010/_press9',
  exophone: '08047112345',
  flows: [],
  clock: { kind: 'virtual', ist: '2026-11-22T10:00:00.000+05:30' },
  store: 'memory',
  pid: 1,
};
const flow = (n: number) => ({
  app: String(100_000 + n),
  name: `flow-${n}`,
  url: `http://my.exotel.com/clinic/exoml/start_voice/${100_000 + n}`,
});

describe('the banner', () => {
  it('has a curl whose logins a shell and an address take as they are', () => {
    const curl = banner({ ...ready, key: "it's", token: 'a@b:c/d', flows: [flow(1)] });
    expect(curl).toContain("curl 'http://it%27s:a%40b%3Ac%2Fd@127.0.0.1:4010/v1/Accounts/clinic/Calls/connect.json' \\");
  });

  it('shows no token that is somebody’s own', () => {
    const { token: _, ...own } = ready;
    const text = banner({ ...own, flows: [flow(1)] });
    expect(text).toContain('token    as the seed has it');
    expect(text).toContain("curl 'http://k:<token>@127.0.0.1:4010/");
    expect(
      readyOf({
        version: '1',
        listening: { url: ready.url, close: async () => {} },
        credentials: { sid: 's', key: 'k', token: 'secret' },
        tokenIsOurs: false,
        exophone: '0',
        flows: [],
        clock: { kind: 'real', now: ms(0) },
        store: '',
        pid: 1,
      }),
    ).not.toHaveProperty('token');
  });

  it('lists twenty flows, and says where the others are; without any it says how to name some', () => {
    const text = banner({ ...ready, flows: Array.from({ length: 23 }, (_, n) => flow(n)) });
    expect(text).toContain('flow-19\n    and 3 more: http://127.0.0.1:4010/_press9/flows');
    expect(text).not.toContain('flow-20');
    expect(banner(ready, true)).toMatch(/page +http\S+\/\?token=… \(the --token\)$/m);
    expect(banner(ready)).toContain('no flow can be run: see above, or name another folder with --flows');
    expect(banner(ready)).toContain('virtual, stands at 2026-11-22 10:00:00 IST');
  });
});

describe('the log', () => {
  const begin = (options: { json?: boolean; quiet?: boolean }, colour = false) => {
    const written = { out: '', err: '' };
    const io = {
      out: (text: string) => {
        written.out += text;
      },
      err: (text: string) => {
        written.err += text;
      },
      cwd: '',
      env: {},
      isTTY: false,
      colour,
      exitCode: 0,
    };
    return { written, log: createServeLog(io, options, () => ms(Date.UTC(2026, 0, 5, 4, 30))) };
  };

  it('is a line each, at the time of the emulator, whatever is in the text', () => {
    const { written, log } = begin({});
    log.say({ about: 'call', says: 'a\nb\u001b[31mc' });
    log.say({ about: 'violation', says: 'x' });
    expect(written.out).toBe('10:00:00 call     a b [31mc\n10:00:00 VIOLATION x\n');
  });

  it('goes to standard error beside JSON, and leaves out what is not loud when quiet', () => {
    const { written, log } = begin({ json: true, quiet: true }, true);
    log.say({ about: 'request', says: 'x' });
    log.say({ about: 'trouble', says: 'the disk is full' });
    expect(written).toEqual({ out: '', err: '10:00:00 TROUBLE  the disk is full\n' });
  });

  it('has loud words in red where there are colours', () => {
    const { written, log } = begin({}, true);
    log.say({ about: 'violation', says: 'x' });
    expect(written.out).toBe('10:00:00 \u001b[1;31mVIOLATION\u001b[0m x\n');
  });

  it('says what an earlier run left, if anything', () => {
    const { written, log } = begin({});
    log.left({ calls: 0, posts: 0, messages: 0 });
    log.left({ calls: 1, posts: 1, messages: 2 });
    log.left({ calls: 2, posts: 2, messages: 0 });
    expect(written.out).toBe(
      'left over from an earlier run: 1 call under way then have failed, 1 callback is delivered now, 2 SMS go on\n' +
        'left over from an earlier run: 2 calls under way then have failed, 2 callbacks are delivered now\n',
    );
  });
});

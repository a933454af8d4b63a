import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inTempFolder, press9 } from './kit/cli.ts';
import { serve } from './kit/server.ts';
import { ROOT } from './source-files.ts';

const REMINDER = readFileSync(join(ROOT, 'flows/appointment-reminder/flow.xml'), 'utf8');
/** A wrong key into the greeting, which the menu gets; a time-out; the opt-out in the middle of the last prompt. */
const KEYS = 'wait 2s, !4, wait 20s, !9';

describe('press9 run --record call.yaml', () => {
  it('writes a scenario that passes at once, and fails once the flow leads elsewhere', async () => {
    await inTempFolder(async (cwd) => {
      const flow = join(cwd, 'flow.xml');
      writeFileSync(flow, REMINDER);
      const ran = await press9(
        ['run', flow, '--to', '9876543210', '--set', 'name=Asha', '--keys', KEYS, '--store', 'memory:', '--record', 'call.yaml'],
        { cwd },
      );
      expect(ran.code).toBe(0);
      expect(ran.out).toMatch(/words? unheard/);
      const text = readFileSync(join(cwd, 'call.yaml'), 'utf8');
      expect(text.slice(text.indexOf('call:'))).toBe(`call:
  to: "+919876543210"
  set:
    name: Asha
steps:
  - hear: Hello Asha, your appointment
  - wait: 150ms
  - press: "!4" # ends the greeting, kept for the next menu
  - hear: reschedule, or press 9
  - hear: reschedule, or press 9
  - wait: 200ms
  - press: "!9"
expect:
  status: completed
  ended at: bye
  digits: "9"
  dnc:
    - scope: all
      key: "9"
  webhooks:
    - url: https://clinic.example/optouts
  visited: [welcome, menu, optOut, removed]
`);
      expect(statSync(join(cwd, 'call.yaml')).mode & 0o777).toBe(0o600);

      const again = await press9(['test', 'call.yaml'], { cwd });
      expect(again.out + again.err).toContain('1 passed');
      expect(again.code).toBe(0);

      writeFileSync(flow, REMINDER.replace('<Key digit="9" next="optOut"/>', '<Key digit="9" next="confirmed"/>'));
      const changed = await press9(['test', 'call.yaml'], { cwd });
      expect(changed.code).toBe(1);
      expect(changed.out).toContain('no opt-out was recorded');
    });
  });

  it('writes down what servers really answered, without what the vendor added to the address', async () => {
    const server = await serve((_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('512 rupees'));
    await inTempFolder(async (cwd) => {
      const flow = join(cwd, 'flow.xml');
      writeFileSync(
        flow,
        `<Flow name="f" start="ask" class="SI"><Passthru id="ask" url="${server.url}/balance?card=7"><On status="200" next="say"/></Passthru>
          <Greeting id="say" next="bye"><Say>You have {{passthru.body}}.</Say></Greeting><Hangup id="bye"/></Flow>`,
      );
      const ran = await press9(['run', flow, '--keys', 'hangup 1s', '--store', 'memory:', '--record', 'c.yml'], { cwd });
      expect(ran.code).toBe(0);
      const text = readFileSync(join(cwd, 'c.yml'), 'utf8');
      expect(text).toContain(`http:\n    - url: ${server.url}/balance?card=7&*\n      body: 512 rupees\n`);
      expect(text).not.toContain('CallSid');
      await server.close();
      const again = await press9(['test', 'c.yml'], { cwd });
      expect(again.out).toContain('1 passed');
    });
  });

  it('refuses before the call what it could not write after it', async () => {
    const flow = join(ROOT, 'flows/appointment-reminder/flow.xml');
    const told = async (file: string) => (await press9(['run', flow, '--store', 'memory:', '--record', file])).err;
    expect(await told('call.txt')).toContain('a recording is a scenario (.yaml) or a log (.ndjson)');
    expect(await told('no/such/folder/call.yaml')).toContain('its folder does not exist');
  });
});

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MENU, PASSES, type SuiteFolder, suiteIn } from '../../test/kit/suite-folder.ts';
import { ROOT } from '../../test/source-files.ts';

let cwd: string;
let here: SuiteFolder;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-test-'));
  here = suiteIn(cwd);
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

describe('broken files', () => {
  it('are failures told at their places, and the others still run', async () => {
    here.put('flow.xml', MENU);
    here.put('scenarios/a.yaml', 'steps:\n  - hare: x\nexpect: { statuz: completed }\n');
    here.put('scenarios/b.yaml', 'steps: [\n');
    here.put('scenarios/c.yaml', 'flow: none.xml\n');
    here.put('scenarios/d.yaml', 'call:\n  to: abc\n');
    here.put('scenarios/e.yaml', 'world:\n  callee: dances\n');
    here.put('scenarios/f.yaml', PASSES);
    const { out, code } = await here.test();
    for (const place of ['a.yaml:2:5', 'a.yaml:3:11', 'b.yaml:2:1', 'c.yaml:1:1', 'd.yaml:2:3', 'e.yaml:2:3'])
      expect(out).toContain(`\n  scenarios/${place}\n`);
    expect(out).toContain('SCENARIO_UNKNOWN_KEY "statuz" means nothing here.\n    Did you mean "status"?');
    expect(out).toMatch(/^1 passed, 5 failed$/m);
    expect(code).toBe(1);
  });

  it('of a broken flow, its problems are told once for all its scenarios', async () => {
    here.put('flow.xml', '<Flow name="x" start="nowhere" class="T">\n  <Hangup id="bye"/>\n</Flow>');
    for (const name of ['a', 'b', 'c']) here.put(`scenarios/${name}.yaml`, PASSES);
    const { out } = await here.test();
    expect(out).toContain(
      'FAILED  scenarios/a.yaml\nFAILED  scenarios/b.yaml\nFAILED  scenarios/c.yaml\n  flow.xml:1:16\n    FLOW_UNKNOWN_TARGET',
    );
    expect(out.match(/FLOW_UNKNOWN_TARGET/g)).toHaveLength(1);
    expect(out).toMatch(/^0 passed, 3 failed$/m);
  });
});

describe('a failing scenario', () => {
  it('explains itself: what was expected where, what happened instead, and the call', async () => {
    cpSync(join(ROOT, 'flows/appointment-reminder/flow.xml'), join(cwd, 'app/flow.xml'));
    here.put(
      'app/flow.xml',
      here.text('app/flow.xml').replace('<Key digit="1" next="confirmed"/>', '<Key digit="1" next="reschedule"/>'),
    );
    here.put(
      'app/scenarios/confirms.yaml',
      `about: Asha confirms.
call:
  contact: { name: Asha }
steps:
  - hear: press 1 to confirm
  - press: 1
  - hear: Thank you for confirming
expect:
  ended at: bye
  visited: [menu, confirmed]
`,
    );
    expect((await here.test('app')).out).toBe(`FAILED  app/scenarios/confirms.yaml

FAILED  app/scenarios/confirms.yaml
        Asha confirms.
  app/scenarios/confirms.yaml:7:5
    expected  step 3: hear "Thank you for confirming"
    instead   it was never heard; the nearest, at 0:14 in reschedule: "We will call you to reschedule."
  app/scenarios/confirms.yaml:10:3
    expected  applet confirmed visited
    instead   visited: welcome > menu > reschedule > link > bye
  the call of appointment-reminder (app/flow.xml), up to its end:
     0:00              queued 2026-01-05 10:00:00 IST
     0:00              dialling
     0:00              ringing
     0:03              answered
     0:03  welcome     Hello Asha, your appointment is tomorrow at 3 PM.
     0:07  menu        Press 1 to confirm, press 2 to reschedule, or press 9 to stop receiving these calls.
     0:14  menu        key 1
    ----> from here on, step 3 was waited for
     0:14  reschedule  We will call you to reschedule.
     0:17  link        SMS to +919876543210: Pick a new slot: https://clinic.example/r
     0:17  bye         the flow hung up at bye
  the caller went welcome > menu > reschedule > link > bye: the flow hung up at bye

0 passed, 1 failed
took 0 ms
`);
  });

  it('tells of a text that was said before, and of one that was cut off', async () => {
    here.put('flow.xml', MENU);
    here.put('scenarios/early.yaml', 'steps:\n  - press: 1\n  - hear: Thank you\n  - hear: stop these calls\n');
    here.put('scenarios/cut.yaml', 'steps:\n  - hear: press 1\n  - press: "!1"\n  - hear: stop these calls\n');
    const { out } = await here.test();
    expect(out).toContain('instead   it was heard at 0:03 in menu, before this step had its turn');
    expect(out).toMatch(
      /instead {3}it was never heard; the nearest, at 0:03 in menu: "Press 1[^"]*", cut off \d+ words before its end/,
    );
  });

  it('tells of a web request that nothing answers', async () => {
    here.put(
      'flow.xml',
      '<Flow name="x" start="a" class="T"><Passthru id="a" url="https://a.example/x"><On status="200" next="bye"/></Passthru><Hangup id="bye"/></Flow>',
    );
    here.put('scenarios/a.yaml', 'world:\n  http:\n    - url: https://b.example/*\n');
    expect((await here.test()).out).toContain(
      'scenarios/a.yaml:2:3\n    expected  no web request that nothing answers\n    instead   GET https://a.example/x was asked',
    );
  });

  it('shows nothing that could move the cursor', async () => {
    here.put('flow.xml', MENU);
    here.put('scenarios/a.yaml', 'about: "a\\e[31mb"\nsteps: [{ hear: "x\\e]0;y\\a" }]\n');
    const { out } = await here.test();
    expect(out).not.toContain('\u001b');
    expect(out).toContain('a␛[31mb');
  });
});

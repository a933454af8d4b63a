import { lstatSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MENU, press, type SuiteFolder, suiteIn } from '../../test/kit/suite-folder.ts';

let cwd: string;
let here: SuiteFolder;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-update-'));
  here = suiteIn(cwd);
  here.put('flow.xml', MENU);
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** Updates one scenario; returns it as it stands then. It must pass afterwards. */
async function updated(text: string): Promise<string> {
  here.put('scenarios/a.yaml', text);
  const { out, code } = await here.test('--update');
  expect(out).toMatch(/^1 passed, 0 failed$/m);
  expect(code).toBe(0);
  return here.text('scenarios/a.yaml');
}

describe('--update', () => {
  it('shows the difference, changes what did not hold, and keeps the rest as it stands', async () => {
    const before = `# Why this is here
steps:
- press: 2   # the link
expect:
  # must stay
  status: completed
  ended at:   bye
  digits: "1"   # the key
  sms: []
`;
    here.put('scenarios/a.yaml', before);
    const { out, code } = await here.test('--update');
    const after = before.replace('"1"', '"2"').replace('[]', '[{ to: "+919876543210", text: "Here: https://shop.example/1" }]');
    expect(here.text('scenarios/a.yaml')).toBe(after);
    expect(out).toContain(`--- scenarios/a.yaml
+++ scenarios/a.yaml (updated)
@@ -6 +6 @@
   status: completed
   ended at:   bye
-  digits: "1"   # the key
-  sms: []
+  digits: "2"   # the key
+  sms: [{ to: "+919876543210", text: "Here: https://shop.example/1" }]
`);
    expect(out).toMatch(/^1 passed, 0 failed$/m);
    expect(code).toBe(0);
  });

  it.each([
    ['status', 'status: busy', 'status: completed'],
    ['ended by', 'ended by: caller', 'ended by: flow'],
    ['ended at', 'ended at: menu', 'ended at: bye'],
    ['duration', 'duration: 1s', /duration: \d/],
    ['digits', 'digits: null', 'digits: "1"'],
    ['goals', 'goals: [paid]', 'goals: [confirmed]'],
    ['goals', 'goals: paid', 'goals: confirmed'],
    ['saved', 'saved: { slot: 1 }', 'saved: { slot: null }'],
    ['visited', 'visited:\n    - menu\n    - link', /visited:\n +- menu\n +- thanks\n$/],
    ['callbacks', 'callbacks: [{ Digits: 9, Status: completed }]', 'callbacks: [{ Digits: 1, Status: completed }]'],
    ['dnc', 'dnc: [{ scope: all }]', 'dnc: []'],
    ['sms', 'sms: [{ text: x }]', 'sms: []'],
    ['webhooks', 'webhooks: [{ url: "*" }]', 'webhooks: []'],
    ['requests', 'requests: [{ url: "https://x.example/" }]', 'requests: []'],
  ])('records what happened: %s', async (_, expected, now) => {
    const text = await updated(press('1', expected));
    if (typeof now === 'string') expect(text).toContain(now);
    else expect(text).toMatch(now);
  });

  it('records the fields that were expected of a fact, and of a request', async () => {
    expect(await updated(press('9', 'dnc: [{ scope: voice, key: 1 }]'))).toContain('dnc: [{ scope: all, key: 9 }]');
    here.put(
      'flow.xml',
      '<Flow name="x" start="a" class="T"><Passthru id="a" url="https://a.example/x?slot=3"><On status="200" next="bye"/></Passthru><Hangup id="bye"/></Flow>',
    );
    const text = `world: { http: [{ url: "https://a.example/*" }] }
expect:
  requests:
    - url: https://a.example/x
      params: { slot: 1, none: null }
    - { url: https://a.example/x, times: 3 }
`;
    expect(await updated(text)).toBe(text.replace('slot: 1', 'slot: 3').replace('times: 3', 'times: 1'));
  });

  it('writes nothing when nothing failed', async () => {
    here.put('scenarios/a.yaml', press('1', 'goals: confirmed'));
    const path = join(cwd, 'scenarios/a.yaml');
    const before = statSync(path).ino;
    expect((await here.test('--update')).out).not.toContain('---');
    expect(statSync(path).ino).toBe(before);
  });

  it.each([
    ['a step that cannot be done', 'steps:\n  - hear: nobody says this\nexpect:\n  digits: "7"\n', 'mend the steps first'],
    ['what must be heard', press('1', 'heard: nobody says this'), 'is for people to change'],
    ['what must not be visited', press('1', 'never: thanks'), 'is for people to change'],
    ['rows that share expectations', `${press('"{{k}}"', 'digits: "7"')}each:\n  - { k: "1" }\n`, 'share their expectations'],
    ['an alias', 'call: { set: &s { digits: "7" } }\nsteps: [{ press: 1 }]\nexpect: *s\n', 'only people can change'],
  ])('leaves to people: %s', async (_, text, why) => {
    here.put('scenarios/a.yaml', text);
    const { out, code } = await here.test('--update');
    expect(out).toContain('not updated: scenarios/a.yaml');
    expect(out).toContain(why);
    expect(here.text('scenarios/a.yaml')).toBe(text);
    expect(code).toBe(1);
  });

  it('replaces the file a link points to, keeps its rights, and leaves nothing behind', async () => {
    here.put('real/a.yaml', press('1', 'digits: "7"'));
    here.put('scenarios/b.yaml', press('1', 'digits: "1"'));
    symlinkSync(join(cwd, 'real/a.yaml'), join(cwd, 'scenarios/a.yaml'));
    expect((await here.test('--update')).out).toMatch(/^2 passed, 0 failed$/m);
    expect(lstatSync(join(cwd, 'scenarios/a.yaml')).isSymbolicLink()).toBe(true);
    expect(here.text('real/a.yaml')).toContain('digits: "1"');
    expect(readdirSync(join(cwd, 'real'))).toEqual(['a.yaml']);
  });
});

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workFolder } from '../../test/kit/phone-folder.ts';
import { flowChoices } from './phone-choices.ts';

let cwd: string;
beforeEach(() => {
  cwd = workFolder('otp', 'support-desk', 'office-hours');
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}
const BYE = '<Flow name="bye" start="bye" class="promotional"><Hangup id="bye"/></Flow>';
const paths = async (near: string, from = cwd) => (await flowChoices(from, near)).map(({ path }) => path);

describe('flows to choose from', () => {
  it('are those below flows, each with a line on what it is', async () => {
    expect(await flowChoices(cwd, 'flows/otp/flow.xml')).toMatchObject([
      { path: 'flows/office-hours/flow.xml', name: 'office-hours', broken: false },
      {
        path: 'flows/otp/flow.xml',
        name: 'otp',
        about: expect.stringMatching(/^transactional, 3 applets; begins with Greeting, "Hello from Kaveri Bank/),
        broken: false,
      },
      { path: 'flows/support-desk/flow.xml', broken: false },
      { path: 'flows/support-desk/opt-out.xml', broken: false },
    ]);
  });

  it('are also those beside the flow that is called, wherever it lies', async () => {
    put('elsewhere/one/flow.xml', BYE);
    put('elsewhere/two/bye.XML', BYE);
    expect(await paths('elsewhere/one/flow.xml')).toEqual(
      expect.arrayContaining(['elsewhere/one/flow.xml', 'elsewhere/two/bye.XML', 'flows/otp/flow.xml']),
    );
    expect(await paths('flow.xml', join(cwd, 'flows/otp'))).toEqual(
      expect.arrayContaining(['flow.xml', '../support-desk/opt-out.xml']),
    );
  });

  it('do not include other XML, hidden folders and packages', async () => {
    put('flows/pom.xml', '<project/>');
    put('flows/.git/flow.xml', BYE);
    put('flows/node_modules/x/flow.xml', BYE);
    expect(await paths('flows/otp/flow.xml')).toHaveLength(4);
  });

  it('include broken ones, with the first thing that is wrong', async () => {
    put('flows/sad/flow.xml', `<Flow name="sad" start="a" class="T">\n  <Greetin id="a"/>\n</Flow>`);
    put('flows/sadder/flow.xml', '<Flow name="sadder"');
    put('flows/lost/flow.xml', '<Flow name="lost" start="a" class="T"><Transfer id="a" flow="../sad/flow.xml"/></Flow>');
    const found = await flowChoices(cwd, 'flows/otp/flow.xml');
    expect(found.filter(({ broken }) => broken)).toMatchObject([
      { path: 'flows/lost/flow.xml', about: expect.stringContaining('flows/sad/flow.xml:') },
      { name: 'sad', about: expect.stringMatching(/^line \d: /) },
      { name: 'flows/sadder/flow.xml', about: expect.stringMatching(/^line 1: /) },
    ]);
  });

  it('include the flow that is called when it cannot be read any more', async () => {
    rmSync(join(cwd, 'flows'), { recursive: true });
    expect(await flowChoices(cwd, 'flows/otp/flow.xml')).toMatchObject([{ path: 'flows/otp/flow.xml', broken: true }]);
  });
});

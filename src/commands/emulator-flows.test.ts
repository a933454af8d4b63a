import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeAll, flowFolder, flowOf, HELLO, MENU } from '../../test/kit/emulator.ts';
import { type FlowFolder, openFlowFolder } from './emulator-flows.ts';

let folder: string;
let said: string[];
let flows: FlowFolder;
let saves = 0;

beforeEach(async () => {
  folder = flowFolder({ hello: HELLO, menu: MENU });
  said = [];
  flows = openFlowFolder(folder, '.', ({ says }) => said.push(says), 0);
  await flows.open();
});
afterEach(closeAll);

/** Each save is later than the one before, whatever the disk's clock can tell apart. */
function save(name: string, xml: string): void {
  const path = join(folder, name, 'flow.xml');
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(path, xml);
  utimesSync(path, 1_800_000_000 + saves++, 1_800_000_000 + saves);
}
const names = async () => (await flows.list()).map(({ name }) => name);

describe('a folder of flows', () => {
  it('is known by app ids and names', async () => {
    const hello = await flows.find('hello');
    expect(hello).toMatchObject({ name: 'hello', path: 'hello/flow.xml', app: expect.stringMatching(/^\d{6}$/) });
    expect(await flows.find(hello?.app ?? '')).toBe(hello);
    expect(await flows.find('nobody')).toBeUndefined();
    expect(await names()).toEqual(['hello', 'menu']);
  });

  it('is read again when a file was saved, under the app id it had', async () => {
    const before = await flows.find('hello');
    save('hello', flowOf('hello', MENU));
    const after = await flows.find('hello');
    expect(after?.set).not.toBe(before?.set);
    expect(after?.app).toBe(before?.app);
    expect(said).toEqual(['hello/flow.xml was read again.']);
  });

  it('looks at once for a flow that is asked for and not known', async () => {
    const seldom = openFlowFolder(folder, '.', () => {}, 1_000_000);
    await seldom.open();
    save('second', flowOf('second', MENU));
    await vi.waitFor(async () => expect(await seldom.find('second')).toMatchObject({ name: 'second' }));
  });

  it('goes on with a flow as it was while its file is broken, says so once, and takes it again when it is mended', async () => {
    const before = await flows.find('hello');
    save('hello', '<Flow name="hello">');
    expect((await flows.find('hello'))?.set).toBe(before?.set);
    expect((await flows.find('hello'))?.set).toBe(before?.set);
    expect(said).toEqual([
      'hello/flow.xml cannot be run: 1 error; calls go on with the flow as it was. press9 check hello/flow.xml lists them.',
    ]);
    save('hello', flowOf('hello', MENU));
    expect((await flows.find('hello'))?.set).not.toBe(before?.set);
    expect(said.at(-1)).toBe('hello/flow.xml was read again.');
  });

  it('finds flows that were added, and one that was broken from the start once it is mended', async () => {
    save('late', '<Flow');
    expect(await names()).toEqual(['hello', 'menu']);
    expect(said).toEqual([expect.stringMatching(/^late\/flow\.xml cannot be run: \d+ errors?\. press9 check late\/flow\.xml/)]);
    save('late', flowOf('late', HELLO));
    expect(await names()).toEqual(['hello', 'menu', 'late']);
  });

  it('forgets a flow whose file was deleted, says so, and takes it again', async () => {
    rmSync(join(folder, 'menu'), { recursive: true });
    expect(await names()).toEqual(['hello']);
    expect(said).toEqual(['menu/flow.xml is gone.']);
    save('menu', flowOf('menu', MENU));
    expect(await names()).toEqual(['hello', 'menu']);
  });

  it('knows what it knew while the folder is gone', async () => {
    rmSync(folder, { recursive: true });
    expect(await names()).toEqual(['hello', 'menu']);
  });

  it('is looked at no more often than it was told', async () => {
    const seldom = openFlowFolder(folder, '.', () => {}, 1_000_000);
    await seldom.open();
    save('late', flowOf('late', HELLO));
    expect((await seldom.list()).map(({ name }) => name)).toEqual(['hello', 'menu']);
  });

  it('that is not there, or has no flow, is the user’s mistake', async () => {
    await expect(openFlowFolder(folder, 'nowhere', () => {}).open()).rejects.toThrow('There is no file or folder nowhere.');
    mkdirSync(join(folder, 'empty'));
    await expect(openFlowFolder(folder, 'empty', () => {}).open()).rejects.toThrow(/^There is no flow in the folder empty/);
  });
});

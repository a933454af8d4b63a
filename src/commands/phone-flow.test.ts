import { mkdirSync, readFileSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PhoneFolder, phoneIn, workFolder } from '../../test/kit/phone-folder.ts';
import type { Cancel } from '../core/ports.ts';

const DESK = 'flows/support-desk';
const FLOW = `${DESK}/flow.xml`;

let phone: PhoneFolder;
let stop: Cancel;
let saves: number;
beforeEach(async () => {
  phone = await phoneIn(workFolder('support-desk', 'office-hours', 'otp'), DESK, ['--to', '9876543210', '--seed', '7']);
  saves = 0;
  stop = phone.session.onSaved(() => saves++);
});
afterEach(async () => {
  stop();
  await phone.close();
});

const text = (file: string) => readFileSync(join(phone.cwd, file), 'utf8');
const heard = (times: number) => vi.waitFor(() => expect(saves).toBeGreaterThanOrEqual(times), { timeout: 5000, interval: 5 });

describe('a flow file that is saved', () => {
  it('is heard of, read again, and dialled from then on', async () => {
    phone.put(FLOW, text(FLOW).replace('Welcome to', 'Good morning from'));
    await heard(1);
    const reread = await phone.session.reread(undefined);
    expect(reread.type === 'same' && JSON.stringify([...reread.flows.flows.values()].map(({ nodes }) => [...nodes]))).toContain(
      'Good morning',
    );
    const { call, flows } = await phone.pickUp();
    expect(reread).toMatchObject({ flows });
    call.hangUp();
    await phone.session.finish();
  });

  it('is heard of when another flow leads to it', async () => {
    phone.put(`${DESK}/opt-out.xml`, text(`${DESK}/opt-out.xml`).replace('scope="all"', 'scope="voice"'));
    await heard(1);
    expect(await phone.session.reread(undefined)).toMatchObject({ type: 'same' });
  });

  it('is heard of when it came to the flow later', async () => {
    phone.put('flows/more.xml', '<Flow name="more" start="a" class="T"><Hangup id="a"/></Flow>');
    phone.put(FLOW, '<Flow name="desk" start="go" class="T"><Transfer id="go" flow="../more.xml"/></Flow>');
    await heard(1);
    expect(await phone.session.reread(undefined)).toMatchObject({ type: 'same' });
    const before = saves;
    phone.put('flows/more.xml', '<Flow name="more" start="b" class="T"><Hangup id="b"/></Flow>');
    await heard(before + 1);
  });

  it('is no other file beside it', async () => {
    phone.put(`${DESK}/notes.txt`, 'Ask Asha about key 4.');
    phone.put(`${DESK}/contacts.csv`, 'phone,name\n');
    // Touched, so that there is an end to wait for.
    utimesSync(join(phone.cwd, FLOW), new Date(), new Date());
    await heard(1);
    expect(saves).toBe(1);
    expect(await phone.session.reread(undefined)).toMatchObject({ type: 'same' });
  });

  it('keeps the old flow while it is broken, with every problem at its place', async () => {
    const { flow } = phone.session.facts;
    phone.put(FLOW, text(FLOW).replace('next="', 'next="x').replace('</Flow>', ''));
    await heard(1);
    expect(await phone.session.reread(undefined)).toMatchObject({ type: 'broken', problems: [{ at: { file: FLOW } }] });
    expect(phone.session.title).toBe(flow);
    const called = await phone.pickUp();
    expect(await phone.session.reread(called)).toMatchObject({ type: 'broken' });
    expect(called.call.facts.flow).toBe(flow);
    called.call.hangUp();
    await phone.session.finish();
  });

  it('may be gone for a while, with its folder', async () => {
    const before = text(FLOW);
    renameSync(join(phone.cwd, DESK), join(phone.cwd, 'away'));
    await heard(1);
    const reread = await phone.session.reread(undefined);
    expect(reread).toMatchObject({ type: 'broken', problems: [{ code: 'FLOW_FILE_MISSING' }] });
    const seen = saves;
    mkdirSync(join(phone.cwd, DESK));
    phone.put(FLOW, before);
    phone.put(`${DESK}/opt-out.xml`, readFileSync(join(phone.cwd, 'away/opt-out.xml'), 'utf8'));
    await heard(seen + 1);
    expect(await phone.session.reread(undefined)).toMatchObject({ type: 'same' });
  });

  it('is of the flow that was chosen last', async () => {
    await phone.session.chooseFlow('flows/otp/flow.xml');
    phone.put('flows/otp/flow.xml', text('flows/otp/flow.xml').replace('name="otp"', 'name="code"'));
    await heard(1);
    await phone.session.reread(undefined);
    expect(phone.session.title).toBe('code');
  });
});

describe('a flow that was saved while somebody is called', () => {
  it('is nothing to a caller of another flow', async () => {
    const called = await phone.pickUp();
    await phone.session.chooseFlow('flows/otp/flow.xml');
    expect(await phone.session.reread(called)).toEqual({ type: 'same', flows: called.flows });
    called.call.hangUp();
    await phone.session.finish();
  });

  it('is told with what it changes, and nothing is written to the store', async () => {
    const called = await phone.pickUp();
    phone.put(FLOW, text(FLOW).replace('Welcome to', 'Good morning from'));
    const reread = await phone.session.reread(called);
    expect(reread).toMatchObject({ type: 'changed', differences: [{ was: expect.stringMatching(/^Welcome/) }] });
    if (reread.type !== 'changed') throw new Error('it has changed');
    const { log, flows, at } = reread;
    const simulation = phone.session.simulate({ log, flows, recorded: log, at });
    expect(simulation.call.log).toEqual(log);
    expect(simulation.call.facts).toEqual(called.call.facts);
    simulation.close();
    expect(await phone.session.listed()).toMatchObject([{ kind: 'contacted', call: called.call.facts.call }]);
    called.call.hangUp();
    await phone.session.finish();
  });
});

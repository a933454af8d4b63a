import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type PhoneFolder, phoneIn, workFolder } from '../../test/kit/phone-folder.ts';
import { viewOf } from '../call/fold.ts';
import { ms } from '../core/ids.ts';
import { isoIst, parseInstant } from '../core/time.ts';

const REMINDER = 'flows/appointment-reminder';
const USUAL = ['--to', '9876543210', '--seed', '7', '--answer', 'POST https://clinic.example/optouts => 200 ok'];

const open: PhoneFolder[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function phone(...argv: string[]): Promise<PhoneFolder> {
  const cwd = workFolder('appointment-reminder', 'otp');
  const one = await phoneIn(cwd, REMINDER, [...USUAL, ...argv.map((arg) => arg.replace('CWD', cwd))]);
  open.push(one);
  return one;
}

describe('the calls of the phone', () => {
  it('have a CallSid and a clock of their own, and tell what servers would have seen', async () => {
    const { session, pickUp, said } = await phone();
    const first = await pickUp();
    expect(first.call.facts.call).toBe(session.facts.call);
    first.call.hangUp();
    const second = await pickUp();
    expect(second.call.facts.call).not.toBe(first.call.facts.call);
    first.clock.pause();
    expect([first.clock.paused(), second.clock.paused()]).toEqual([true, false]);
    second.call.hangUp();
    const [preview] = session.callbacks(second.call.log);
    expect(preview).toMatchObject({ id: `${second.call.facts.call}-callback-1`, contentType: 'multipart/form-data' });
    expect(preview?.fields).toContainEqual(['CallSid', second.call.facts.call]);
    expect(await session.finish()).toBe(0);
    expect(said.out).toContain(second.call.facts.call);
  });

  it('begin when they were told to begin', async () => {
    const { session, pickUp } = await phone('--at', '2026-11-22T10:00');
    expect(session.now()).toBe(parseInstant('2026-11-22T10:00'));
    for (const { call } of [await pickUp(), await pickUp()]) {
      expect(isoIst(call.log[0]?.at ?? ms(0)).slice(0, 16)).toBe('2026-11-22T10:00');
      call.hangUp();
    }
    await session.finish();
  });

  it('are recorded', async () => {
    const { session, pickUp, cwd } = await phone('--record', 'CWD/call.ndjson');
    (await pickUp()).call.hangUp();
    await session.finish();
    const lines = readFileSync(join(cwd, 'call.ndjson'), 'utf8').trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'ended' });
  });

  it('are recorded as scenarios of the flow that they went on with', async () => {
    const { session, pickUp, cwd, put } = await phone('--record', `${REMINDER}/scenarios/mine.yaml`);
    const called = await pickUp();
    put(
      `${REMINDER}/flow.xml`,
      readFileSync(join(cwd, REMINDER, 'flow.xml'), 'utf8').replace('next="confirmed"', 'next="reschedule"'),
    );
    const reread = await session.reread(called);
    expect(reread.type === 'same' && called.adopt(reread.flows)).toBe(true);
    called.call.press('1');
    called.call.press('1');
    called.call.hangUp();
    await session.finish();
    expect(readFileSync(join(cwd, REMINDER, 'scenarios/mine.yaml'), 'utf8')).toContain('reschedule');
  });

  it('leave an opt-out under way when the phone is put away, which is waited for', async () => {
    const { session, pickUp } = await phone();
    const { call } = await pickUp();
    call.press('9');
    call.hangUp();
    expect(await session.finish()).toBe(0);
    expect(await session.listed()).toMatchObject([{ kind: 'contacted' }, { kind: 'opt-out', key: '9' }]);
  });

  it('end with 1 when an opt-out is not in the store', async () => {
    const cwd = workFolder('appointment-reminder');
    writeFileSync(join(cwd, 'a-file'), 'where the folder should be');
    const one = await phoneIn(cwd, REMINDER, [...USUAL, '--store', join(cwd, 'a-file/store.db')]);
    open.push(one);
    const { call } = await one.pickUp();
    call.press('9');
    expect(await one.session.finish()).toBe(1);
    expect(one.said.out).toContain('NOT in the store');
  });

  it('get the answer that a person wants, once, and the server is not asked', async () => {
    const { session, put } = await phone('--answer', 'GET https://shop.example/* => 200 fine');
    const ask = (id: string, next: string) =>
      `<Passthru id="${id}" url="https://shop.example/${id}"><On status="200" next="${next}"/><Else next="${next}"/></Passthru>`;
    put('shop.xml', `<Flow name="shop" start="a" class="T">${ask('a', 'b')}${ask('b', 'bye')}<Hangup id="bye"/></Flow>`);
    await session.chooseFlow('shop.xml');
    const placed = await session.dial();
    if (!placed.placed) throw new Error('refused');
    const { call, breakNext, broken, answer } = placed.phone;
    breakNext({ type: 'answer', status: 503, contentType: 'text/plain', after: ms(0), body: 'sorry' });
    expect(broken()).toMatchObject({ status: 503 });
    await vi.waitFor(() => {
      answer();
      expect(call.state.phase).toBe('ended');
    });
    expect(broken()).toBeUndefined();
    expect(viewOf(call.log).requests.map(({ answer: got }) => got)).toMatchObject([
      { status: 503, body: 'sorry' },
      { status: 200, body: 'fine' },
    ]);
    await session.finish();
  });
});

describe('who is called', () => {
  it('is who the form says from then on, and when', async () => {
    const { session, pickUp } = await phone();
    expect(session.form).toEqual({ to: '+919876543210', contact: '', at: '' });
    const form = { to: '98765 43211', contact: `${REMINDER}/contacts.csv#3`, at: '2026-11-22 10:00' };
    expect(await session.fillForm(form)).toBeUndefined();
    expect(session.form).toEqual({ to: '+919876543211', contact: `${REMINDER}/contacts.csv#3`, at: '2026-11-22T10:00' });
    const { call } = await pickUp();
    expect(call.facts).toMatchObject({ customer: '+919876543211', contact: { name: 'Lakshmi' } });
    // The phone's clock is real: the call begins in that minute, not in its first millisecond.
    expect(isoIst(call.log[0]?.at ?? ms(0)).slice(0, 16)).toBe('2026-11-22T10:00');
    call.hangUp();
    await session.finish();
  });

  it('is who was to be called before when the form makes no sense', async () => {
    const { session } = await phone();
    const before = session.facts;
    expect(await session.fillForm({ to: '12', contact: '', at: '' })).toMatchObject({ field: 'to' });
    expect(session.facts).toEqual(before);
  });
});

describe('which flow is called', () => {
  it('is the one that was chosen', async () => {
    const { session, pickUp } = await phone();
    expect((await session.flowChoices()).map(({ name }) => name)).toEqual(['appointment-reminder', 'otp']);
    expect(await session.chooseFlow('flows/otp/flow.xml')).toEqual([]);
    expect(session.title).toBe('otp');
    const { call, flows } = await pickUp();
    expect([call.facts.flow, call.facts.class, flows.root]).toEqual(['otp', 'T', 'otp']);
    call.hangUp();
    await session.finish();
  });

  it('stays the same when the chosen one is broken', async () => {
    const { session, put } = await phone();
    put('flows/otp/flow.xml', '<Flow name="otp">');
    expect(await session.chooseFlow('flows/otp/flow.xml')).toMatchObject([{ code: 'FLOW_NOT_XML' }]);
    expect(await session.chooseFlow('flows/none/flow.xml')).toMatchObject([{ code: 'FLOW_FILE_MISSING' }]);
    expect(session.title).toBe('appointment-reminder');
  });
});

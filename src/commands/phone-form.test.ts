import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { e164 } from '../core/ids.ts';
import { parseInstant } from '../core/time.ts';
import type { CallForm } from '../tui/session.ts';
import { type Callee, formOf, readForm } from './phone-form.ts';
import { withDefaults } from './run-options.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-form-'));
  writeFileSync(join(cwd, 'people.csv'), 'phone,name\n+919876543211,Imran\n12,Nobody\n');
  writeFileSync(join(cwd, 'names.csv'), 'name\nLakshmi\n');
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const SOMEBODY = { customer: e164('+919876543210') };
const callee = (options: Partial<Callee['options']> = {}): Callee => ({
  options: withDefaults({ country: 'IN', ...options }),
  contact: undefined,
});
/** Fills in some fields of the form, and leaves the others as they are. */
async function fill(from: Callee, typed: Partial<CallForm>) {
  const shown = formOf(from, SOMEBODY);
  return readForm(cwd, from, shown, { ...shown, ...typed });
}

describe('the form of a call', () => {
  it('changes nothing when nothing is changed', async () => {
    const from = callee({ to: '98765 43210', at: parseInstant('2026-11-22T10:00:30') as never });
    expect(formOf(from, SOMEBODY)).toEqual({ to: '+919876543210', contact: '', at: '2026-11-22T10:00:30' });
    expect(await fill(from, {})).toEqual(from);
  });

  it('takes numbers and instants as people write them, with spaces around', async () => {
    const filled = await fill(callee(), { to: ' 098765-43211 ', at: ' 2026-11-22 ' });
    expect(filled).toMatchObject({ options: { to: '098765-43211', at: parseInstant('2026-11-22T00:00') } });
  });

  it('calls the number of the contact, unless another was typed', async () => {
    const byContact = await fill(callee(), { contact: 'people.csv#1' });
    expect(byContact).toMatchObject({ contact: { fields: { name: 'Imran' }, phone: '+919876543211' } });
    expect('options' in byContact && byContact.options.to).toBeUndefined();
    const typed = await fill(callee({ to: '9876543210' }), { contact: 'people.csv' });
    expect(typed).toMatchObject({ options: { to: '9876543210', contact: 'people.csv' } });
    const emptied = await fill(callee({ to: '9876543210', contact: 'people.csv' }), { to: '' });
    expect('options' in emptied && [emptied.options.to, emptied.contact?.phone]).toEqual([undefined, '+919876543211']);
  });

  it('forgets contact and time when their fields are emptied', async () => {
    const from = callee({ contact: 'people.csv#1', at: parseInstant('2026-11-22') as never });
    const filled = await fill(from, { contact: '', at: ' ' });
    expect(filled).toEqual({ contact: undefined, options: callee().options });
  });

  it.each([
    [{ to: '12345' }, 'to', '"12345" is no phone number: an Indian number has 10 digits, this one 5.'],
    [{ to: 'Asha' }, 'to', 'no part of a phone number'],
    [{ contact: 'nobody.csv' }, 'contact', 'there is no such file'],
    [{ contact: 'people.csv#7' }, 'contact', 'there is no row 7'],
    [{ contact: 'people.csv#2' }, 'contact', '"12" is no phone number'],
    [{ at: 'tomorrow' }, 'at', '"tomorrow" is no instant. For example 2026-11-22T10:00'],
    [{ at: '2026-02-30' }, 'at', 'no instant'],
  ] as const)('says what is wrong with %o', async (typed, field, says) => {
    expect(await fill(callee(), typed)).toEqual({ field, says: expect.stringContaining(says) });
  });

  it('may name a contact without a number', async () => {
    expect(await fill(callee(), { contact: 'names.csv' })).toMatchObject({ contact: { fields: { name: 'Lakshmi' } } });
  });
});

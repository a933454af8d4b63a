import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callRecord, postRecord } from '../../test/kit/call-records.ts';
import { e164, ms } from '../core/ids.ts';
import type { Violation } from '../core/violation.ts';
import { PAGE_POLICY, type PageData, page } from './page.ts';

const violation = (says: string): Violation => ({
  id: 'violation-1',
  at: ms(0),
  channel: 'sms',
  number: e164('+919876543210'),
  verdict: 'defer',
  reasons: [{ code: 'OPTED_OUT', says }],
});
const data = (more: Partial<PageData> = {}): PageData => ({
  sid: 'clinic',
  now: ms(Date.UTC(2026, 0, 5, 4, 30)),
  total: 1,
  calls: [callRecord(1)],
  posts: [postRecord('p1', { url: 'https://u:secret@app.example/cb/9876543210?key=secret' })],
  violations: [violation('they said no')],
  ...more,
});

const HOSTILE = `<script>alert(1)</script>"><img src=x onerror='alert(1)'>&amp;`;

describe('the page', () => {
  it('lists calls, callbacks and violations, by Indian time', () => {
    const html = page(data());
    for (const text of [
      '2026-01-05 10:00:00 Indian time',
      'Calls (1)',
      'reminder',
      'in-progress',
      'an SMS to +91 98xxxxx210 that should have waited',
    ])
      expect(html).toContain(text);
  });

  it('says so when there is nothing', () => {
    const html = page(data({ total: 0, calls: [], posts: [], violations: [] }));
    for (const text of ['No calls yet.', 'No callbacks yet.', 'Nothing went out that the rules would have stopped.'])
      expect(html).toContain(text);
  });

  it('shows no whole number and no secret', () => {
    const html = page(
      data({
        calls: [callRecord(1, { from: '09876543210', to: 'sip:9876543210' })],
        violations: [violation('9876543210 wrote STOP')],
      }),
    );
    expect(html).not.toMatch(/9876543210|secret/);
    expect(html).toContain('https://app.example/cb/98xxxxx210?…');
  });

  it('is no place for the markup of others', () => {
    const { facts } = callRecord(1);
    const html = page(
      data({
        sid: HOSTILE,
        calls: [callRecord(1, { facts: { ...facts, flow: HOSTILE }, from: HOSTILE })],
        posts: [postRecord('p1', { url: `https://app.example/${HOSTILE}`, call: HOSTILE as never })],
        violations: [violation(HOSTILE)],
      }),
    );
    expect(html).not.toMatch(/<script|<img|onerror='/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;');
  });

  it('whatever the texts, has the same elements', () => {
    const tags = (html: string) => html.match(/<[^>]*>/g)?.map((tag) => tag.split(/[\s>]/)[0]);
    const plain = tags(page(data()));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'a', ' ', '\n') }), (text) => {
        const { facts } = callRecord(1);
        const calls = [callRecord(1, { facts: { ...facts, flow: text } })];
        expect(tags(page(data({ sid: text, calls, violations: [violation(text)] })))).toEqual(plain);
      }),
    );
  });

  it('may run nothing and load nothing', () => {
    expect(PAGE_POLICY).toContain("default-src 'none'");
    expect(page(data())).not.toMatch(/<(?:script|link|img|iframe|form)/);
  });
});

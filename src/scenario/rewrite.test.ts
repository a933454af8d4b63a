import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Edit } from './edits.ts';
import { rewrite } from './rewrite.ts';

const FILE = `# Who calls, and why
flow: ../flow.xml
steps:
- press: 9      # opts out
expect:
  status: completed   # always
  digits: "9"
  duration: 12s
  saved: { slot: 21, note: 'it''s' }
  goals:
    # the first
    - confirmed
    - paid       # and the second
  visited: [ menu, bye ]
  sms: []
  dnc:
    - scope: all
      key: "9"
  requests:
    - url: https://a.example/*
    - { url: "https://b.example/*", params: { x: "1" }, times: 2 }
`;

/** The lines that differ: before and after. */
function changed(...edits: Edit[]): { out: string[]; put: string[] } {
  const after = rewrite(FILE, edits);
  if (after === undefined) throw new Error('it was not rewritten');
  parse(after);
  const [old, now] = [FILE.split('\n'), after.split('\n')];
  return { out: old.filter((line) => !now.includes(line)), put: now.filter((line) => !old.includes(line)) };
}

describe('rewriting expectations', () => {
  it('changes a value and leaves its comment and the others alone', () => {
    expect(changed({ path: ['status'], value: 'busy' })).toEqual({
      out: ['  status: completed   # always'],
      put: ['  status: busy   # always'],
    });
  });

  it('keeps the quotes that stood there, and quotes what would be read as something else', () => {
    expect(changed({ path: ['digits'], value: '1' }).put).toEqual(['  digits: "1"']);
    expect(changed({ path: ['digits'], value: null }).put).toEqual(['  digits: null']);
    expect(changed({ path: ['saved', 'note'], value: "x, it's" }).put).toEqual(["  saved: { slot: 21, note: 'x, it''s' }"]);
    expect(changed({ path: ['saved', 'slot'], value: '7' }).put).toEqual(["  saved: { slot: 7, note: 'it''s' }"]);
    expect(changed({ path: ['saved', 'slot'], value: '007' }).put).toEqual(["  saved: { slot: \"007\", note: 'it''s' }"]);
    expect(changed({ path: ['duration'], value: '14.5s' }).put).toEqual(['  duration: 14.5s']);
  });

  it('changes several values at once', () => {
    expect(changed({ path: ['dnc', 0, 'key'], value: '1' }, { path: ['requests', 1, 'params', 'x'], value: '2' }).put).toEqual([
      '      key: "1"',
      '    - { url: "https://b.example/*", params: { x: "2" }, times: 2 }',
    ]);
  });

  it('takes items out of lists and maps, with their lines or their commas', () => {
    expect(changed({ path: ['requests', 0] }).out).toEqual(['    - url: https://a.example/*']);
    expect(changed({ path: ['requests', 1, 'params'] }).put).toEqual(['    - { url: "https://b.example/*", times: 2 }']);
    expect(changed({ path: ['dnc', 0, 'key'] })).toEqual({ out: ['      key: "9"'], put: [] });
    expect(parse(rewrite(FILE, [{ path: ['dnc', 0, 'scope'] }]) ?? '').expect.dnc).toEqual([{ key: '9' }]);
    expect(parse(rewrite(FILE, [{ path: ['dnc', 0] }]) ?? '').expect.dnc).toEqual([]);
  });

  it('changes lists of words one by one', () => {
    expect(changed({ path: ['goals'], value: ['confirmed'] })).toEqual({ out: ['    - paid       # and the second'], put: [] });
    expect(changed({ path: ['goals'], value: ['paid'] })).toEqual({ out: ['    - confirmed'], put: [] });
    expect(changed({ path: ['goals'], value: ['confirmed', 'thanked'] })).toEqual({
      out: ['    - paid       # and the second'],
      put: ['    - thanked       # and the second'],
    });
    expect(changed({ path: ['visited'], value: ['menu', 'end'] }).put).toEqual(['  visited: [ menu, end ]']);
    expect(changed({ path: ['visited'], value: ['bye'] }).put).toEqual(['  visited: [ bye ]']);
    expect(changed({ path: ['visited'], value: [] }).put).toEqual(['  visited: []']);
    expect(rewrite('expect:\n  goals: paid # once\n', [{ path: ['goals'], value: ['confirmed'] }])).toBe(
      'expect:\n  goals: confirmed # once\n',
    );
  });

  it('writes new items on one line', () => {
    expect(changed({ path: ['sms'], value: [{ to: '+919876543210', text: 'Pick: a slot, {now}' }] }).put).toEqual([
      '  sms: [{ to: "+919876543210", text: "Pick: a slot, {now}" }]',
    ]);
  });

  it('keeps the line ends of Windows', () => {
    const text = FILE.replaceAll('\n', '\r\n');
    expect(rewrite(text, [{ path: ['digits'], value: '1' }, { path: ['requests', 0] }])?.replaceAll('\r\n', '\n')).toBe(
      rewrite(FILE, [{ path: ['digits'], value: '1' }, { path: ['requests', 0] }]),
    );
  });

  it('does nothing rather than guess', () => {
    expect(rewrite(FILE, [{ path: ['callbacks'], value: [] }])).toBeUndefined();
    expect(rewrite('expect: &x { digits: 1 }\nother: *x', [{ path: ['digits', 'a'], value: '1' }])).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson, jsonLines } from './json-lines.ts';

const laidOut = (json: string): string =>
  jsonLines(json)
    .map(({ depth, text }) => '  '.repeat(depth) + text)
    .join('\n');

describe('JSON laid out', () => {
  it('is one value a line, and stays on one line when it is empty', () => {
    expect(laidOut('{"a":[1,{"b":null}],"c":{},"d":[]}')).toBe(
      ['{', '  "a": [', '    1,', '    {', '      "b": null', '    }', '  ],', '  "c": {},', '  "d": []', '}'].join('\n'),
    );
  });

  it('is as JSON.stringify would have it', () => {
    const values = fc.jsonValue({ depthSize: 'small' }).filter((value) => value !== 0);
    fc.assert(
      fc.property(values, (value) => {
        expect(laidOut(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 2));
      }),
    );
  });

  it('keeps figures as they came', () => {
    expect(laidOut('[12345678901234567890, 1.10]')).toBe('[\n  12345678901234567890,\n  1.10\n]');
  });

  it('takes what is cut off, and what is none', () => {
    expect(laidOut('{"name":"As')).toBe('{\n  "name": "As');
    expect(laidOut(']}hello')).toContain('hello');
    expect(laidOut('')).toBe('');
  });

  it('is known by its type, or by its look', () => {
    expect(isJson('{"a":1}', 'text/plain')).toBe(true);
    expect(isJson('{}', '')).toBe(true);
    expect(isJson('gold', 'application/json')).toBe(true);
    expect(isJson('{{name}} is here', 'text/plain')).toBe(false);
    expect(isJson('<Response/>', 'text/xml')).toBe(false);
  });
});

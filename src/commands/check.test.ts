import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../core/problem.ts';
import { checkCommand } from './check.ts';
import type { Io } from './io.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'press9-check-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

const flow = (name: string, inside = '<Hangup id="a"/>') => `<Flow name="${name}" start="a" class="T">\n${inside}\n</Flow>`;
const UNWIRED = '<Greeting id="a"><Say>Hi</Say></Greeting>';

async function check(args: readonly string[], colour = false): Promise<{ out: string; code: number }> {
  let out = '';
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: () => {},
    cwd,
    env: {},
    isTTY: colour,
    colour,
    exitCode: 0,
  };
  await checkCommand(io).exitOverride().parseAsync(args, { from: 'user' });
  return { out, code: io.exitCode };
}

/** The mistake that ends the command. */
async function refusal(...args: readonly string[]): Promise<UserError> {
  const error = await check(args).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw new Error('a UserError was expected');
  return error;
}

describe('press9 check', () => {
  it('says that a flow is fine', async () => {
    put('flow.xml', flow('one'));
    expect(await check(['flow.xml'])).toEqual({ out: '1 flow checked: no problems.\n', code: 0 });
  });

  it('lists warnings with place, code and what to do, and still exits 0', async () => {
    put('a/flow.xml', flow('one', UNWIRED));
    expect(await check(['a'])).toEqual({
      out: [
        'a/flow.xml:2:1: warning FLOW_UNWIRED_EXIT <Greeting> "a": the exit next leads nowhere, so the call hangs up there.',
        '    Add next="…", the id of an applet. After the prompt, or after the key that ended it.',
        '1 flow checked: 0 errors, 1 warning.',
        '',
      ].join('\n'),
      code: 0,
    });
  });

  it('exits 1 on an error, and repeats with colour what the words say', async () => {
    put('flow.xml', flow('one', '<Hangup id="b"/>'));
    const plain = await check(['flow.xml']);
    expect(plain.code).toBe(1);
    expect(plain.out).toContain('flow.xml:1:18: error FLOW_UNKNOWN_TARGET No applet has the id "a".');
    const coloured = await check(['flow.xml'], true);
    expect(coloured.out).toContain('\u001b[31merror\u001b[0m');
    expect(stripVTControlCharacters(coloured.out)).toBe(plain.out);
  });

  it('takes several files and folders; a folder is its flow.xml, or every flow below it', async () => {
    put('a/flow.xml', flow('one'));
    put('a/other.xml', flow('two', UNWIRED));
    put('b/deep/x.xml', flow('three'));
    put('b/y.xml', flow('four'));
    put('b/pom.xml', '<project/>');
    put('b/node_modules/z.xml', flow('five'));
    expect((await check(['a', 'b', 'a/flow.xml', '--json'])).out).toContain('"files":["a/flow.xml","b/deep/x.xml","b/y.xml"]');
  });

  it('checks flows that are reached, each once', async () => {
    put('a.xml', flow('one', '<Transfer id="a" flow="c.xml"/>'));
    put('b.xml', flow('two', '<Transfer id="a" flow="c.xml"/>'));
    put('c.xml', flow('three', UNWIRED));
    const { out } = await check(['a.xml', 'b.xml']);
    expect(out.match(/FLOW_UNWIRED_EXIT/g)).toHaveLength(1);
    expect(out).toContain('2 flows checked: 0 errors, 1 warning.');
  });

  it('knows contacts and recordings beside the flow', async () => {
    put('flow.xml', flow('one', '<Greeting id="a" next="a"><Say>{{name}} {{nmae}}</Say><Play>gone.wav</Play></Greeting>'));
    put('contacts.csv', 'phone,name\n');
    const { out } = await check(['flow.xml']);
    expect(out.match(/(error|warning) [A-Z_]+/g)).toEqual(['error FLOW_UNKNOWN_VARIABLE', 'warning FLOW_AUDIO_UNKNOWN']);
  });

  it('tells with --target what Exotel can do', async () => {
    put(
      'flow.xml',
      flow('one', '<Greeting id="a" next="b"><Say>{{From}}</Say></Greeting><Subflow id="b" flow="x.xml" next="a"/>'),
    );
    put('x.xml', flow('two'));
    const { out, code } = await check(['flow.xml', '--target', 'exotel']);
    expect(code).toBe(0);
    expect(out).toContain('flow.xml:2:1: as is: Greeting "a"\n');
    expect(out).toContain('flow.xml:2:32: needs your server: {{From}} in Greeting "a"\n    Exotel has no variables.');
    expect(out).toContain('flow.xml:2:57: not possible: Subflow "b"\n');
    expect(out).toContain('x.xml:2:1: as is: Hangup "a"\n');
    expect(out).toContain('On Exotel: 2 as is, 1 need your server, 1 not possible.\n');
  });

  it('prints one documented object with --json', async () => {
    put('flow.xml', flow('one', UNWIRED));
    const { out } = await check(['flow.xml', '--json', '--target', 'exotel']);
    expect(JSON.parse(out)).toEqual({
      files: ['flow.xml'],
      problems: [
        {
          file: 'flow.xml',
          line: 2,
          column: 1,
          severity: 'warning',
          code: 'FLOW_UNWIRED_EXIT',
          message: '<Greeting> "a": the exit next leads nowhere, so the call hangs up there.',
          try: 'Add next="…", the id of an applet. After the prompt, or after the key that ended it.',
        },
      ],
      portability: [{ file: 'flow.xml', line: 2, column: 1, construct: 'Greeting "a"', level: 'as-is' }],
      summary: { flows: 1, errors: 0, warnings: 1, infos: 0, asIs: 1, needsServer: 0, notPossible: 0 },
    });
  });

  it('shows nothing of a file that could move the cursor', async () => {
    put('flow.xml', flow('one', '<Hangup id="a" x="\u009b2J"/><Hangup id="\u009b2J\u202e"/>'));
    const { out } = await check(['flow.xml']);
    expect(out).toMatch(/FLOW_BAD_ID/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(out).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  });
});

describe('a name that means nothing', () => {
  it('ends with exit code 2, what was looked for and the nearest name', async () => {
    put('a/flow.xml', flow('one'));
    const error = await refusal('a/flwo.xml');
    expect(error.exitCode).toBe(2);
    expect(error.message).toBe('There is no file or folder a/flwo.xml.');
    expect(error.advice).toBe(`Did you mean a/flow.xml? Looked for ${join(cwd, 'a/flwo.xml')}.`);
    expect((await refusal('aa/flow.xml')).advice).toBe('Did you mean a/flow.xml?');
    expect((await refusal('q/w/e.xml')).message).toBe('There is no flow q/w/e.xml: the folder q/w does not exist.');
  });

  it('may be a folder without a flow', async () => {
    put('a/readme.md', 'x');
    expect((await refusal('a')).message).toBe('There is no flow in the folder a: no flow.xml, and no .xml file below it.');
  });

  it('stops before anything is checked', async () => {
    put('flow.xml', flow('one'));
    expect((await refusal('flow.xml', 'gone.xml')).exitCode).toBe(2);
  });
});

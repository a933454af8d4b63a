import { describe, expect, it } from 'vitest';
import { ms } from '../core/ids.ts';
import { loadAndCheck, loadFlow } from './load.ts';

/** Files of a folder that exists only here. */
function ports(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const read = async (path: string) => {
    asked.push(path);
    const text = files[path];
    if (text === undefined) throw new Error(`There is no file ${path}.`);
    return new TextEncoder().encode(text);
  };
  return { read, asked };
}

const flow = (name: string, inside: string) => `<Flow name="${name}" start="a" class="T">\n${inside}\n</Flow>`;
const transfer = (to: string) => `<Transfer id="a" flow="${to}"/>`;
const shown = (problems: readonly { at: { file: string; line: number; column: number }; code: string }[]) =>
  problems.map(({ at, code }) => `${at.file}:${at.line}:${at.column} ${code}`);

describe('loading a flow', () => {
  it('follows Transfer and Subflow from the file they stand in', async () => {
    const files = ports({
      'flows/main/flow.xml': flow(
        'main',
        '<Subflow id="a" flow="../shared/ask.xml" next="b"/><Transfer id="b" flow="more.xml"/>',
      ),
      'flows/shared/ask.xml': flow('ask', transfer('deep/end.xml')),
      'flows/shared/deep/end.xml': flow('end', '<Hangup id="a"/>'),
      'flows/main/more.xml': flow('more', '<Hangup id="a"/>'),
    });
    const loaded = await loadFlow('flows/main/flow.xml', files);
    if (!loaded.ok) throw new Error('not loaded');
    expect(loaded.set.root).toBe('main');
    expect([...loaded.set.flows.keys()]).toEqual(['main', 'ask', 'more', 'end']);
    expect(loaded.set.links.get('main')).toEqual(
      new Map([
        ['../shared/ask.xml', 'ask'],
        ['more.xml', 'more'],
      ]),
    );
    expect(loaded.set.links.get('ask')).toEqual(new Map([['deep/end.xml', 'end']]));
  });

  it('goes round in circles once', async () => {
    const files = ports({ './a.xml': flow('one', transfer('./sub/../b.xml')), 'b.xml': flow('two', transfer('a.xml')) });
    const loaded = await loadFlow('./a.xml', files);
    expect(loaded.ok && [...loaded.set.flows.keys()]).toEqual(['one', 'two']);
    expect(files.asked.filter((path) => path.endsWith('.xml'))).toEqual(['./a.xml', 'b.xml']);
  });

  it('names a missing file at the attribute, with the path that was tried', async () => {
    const loaded = await loadFlow('x/a.xml', ports({ 'x/a.xml': flow('one', transfer('gone.xml')) }));
    expect(loaded.ok).toBe(false);
    expect(shown(loaded.problems)).toEqual(['x/a.xml:2:18 FLOW_FILE_MISSING']);
    expect(loaded.problems[0]?.says).toContain('x/gone.xml');
  });

  it('says so when the first file cannot be read', async () => {
    expect(shown((await loadFlow('a.xml', ports({}))).problems)).toEqual(['a.xml:1:1 FLOW_FILE_MISSING']);
  });

  it('refuses a file that only the call would know', async () => {
    const loaded = await loadFlow('a.xml', ports({ 'a.xml': flow('one', transfer('{{where}}.xml')) }));
    expect(shown(loaded.problems)).toEqual(['a.xml:2:18 FLOW_BAD_VALUE']);
  });

  it('refuses two files with one name', async () => {
    const files = ports({ 'a.xml': flow('one', transfer('b.xml')), 'b.xml': flow('one', '<Hangup id="a"/>') });
    expect(shown((await loadFlow('a.xml', files)).problems)).toEqual(['b.xml:1:1 FLOW_DUPLICATE_NAME']);
  });

  it('reads a hundred files, and no more', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, i) => [
          `f${i}.xml`,
          flow(`f${i}`, i + 1 < length ? transfer(`f${i + 1}.xml`) : '<Hangup id="a"/>'),
        ]),
      );
    expect((await loadFlow('f0.xml', ports(chain(100)))).ok).toBe(true);
    expect(shown((await loadFlow('f0.xml', ports(chain(101)))).problems)).toEqual(['f99.xml:2:18 FLOW_TOO_MANY_FILES']);
  });

  it('gives the problems of every file at once', async () => {
    const files = ports({
      'a.xml': flow('one', '<Transfer id="a" flow="b.xml"/><Hangup id="a"/>'),
      'b.xml': flow('two', '<Hangup ip="a"/>'),
    });
    expect(shown((await loadFlow('a.xml', files)).problems)).toEqual([
      'a.xml:2:40 FLOW_DUPLICATE_ID',
      'b.xml:1:18 FLOW_UNKNOWN_TARGET',
      'b.xml:2:1 FLOW_MISSING_ATTRIBUTE',
      'b.xml:2:9 FLOW_UNKNOWN_ATTRIBUTE',
    ]);
  });
});

describe('what stands beside a flow', () => {
  it('are recordings, measured once named, by their path from the first flow', async () => {
    const greeting = (file: string) =>
      `<Greeting id="a" next="b"><Play>${file}</Play><Play>https://x.example/{{n}}.wav</Play></Greeting>`;
    const files = {
      'x/a.xml': flow('one', `${greeting('hi.wav')}<Transfer id="b" flow="../y/b.xml"/>`),
      'y/b.xml': flow('two', `${greeting('bye.wav')}<Hangup id="b"/>`),
    };
    const asked: string[] = [];
    const audio = async (url: string) => {
      asked.push(url);
      return url === 'hi.wav' ? ms(1200) : undefined;
    };
    const loaded = await loadFlow('x/a.xml', { ...ports(files), audio });
    expect(asked.sort()).toEqual(['../y/bye.wav', 'hi.wav']);
    expect(loaded.ok && loaded.set.audio).toEqual(new Map([['hi.wav', 1200]]));
    expect(shown(loaded.problems)).toEqual(['y/b.xml:2:27 FLOW_AUDIO_UNKNOWN']);
  });

  it('are contacts, whose columns are known variables', async () => {
    const says = flow('one', '<Greeting id="a" next="b"><Say>{{first name}} {{nmae}}</Say></Greeting><Hangup id="b"/>');
    const files = { 'x/a.xml': says, 'x/contacts.csv': '\ufeffphone,"first name",name\r\n987,"A, B",C\r\n' };
    const result = await loadAndCheck('x/a.xml', ports(files));
    expect(result.loaded?.contacts).toEqual(['phone', 'first name', 'name']);
    expect(shown(result.problems)).toEqual(['x/a.xml:2:32 FLOW_UNKNOWN_VARIABLE']);
    expect(result.problems[0]?.try).toBe('Did you mean "name"? The columns are: phone, first name, name.');
  });
});

describe('loading and checking', () => {
  it('finds what reading and checking find, in one list by position', async () => {
    const files = { 'a.xml': flow('one', '<Greeting id="a" nxt="b"><Say>Press 4.</Say></Greeting>\n<Sms id="b"/>') };
    const { problems, lost } = await loadAndCheck('a.xml', ports(files));
    expect(shown(problems)).toEqual([
      'a.xml:2:1 FLOW_UNWIRED_EXIT',
      'a.xml:2:18 FLOW_UNKNOWN_ATTRIBUTE',
      'a.xml:2:26 FLOW_KEY_NOT_MAPPED',
      'a.xml:3:1 FLOW_UNREACHABLE',
      'a.xml:3:1 FLOW_UNWIRED_EXIT',
      'a.xml:3:1 SMS_EMPTY',
    ]);
    expect(lost?.has('one')).toBe(true);
  });

  it('knows by which names a Subflow comes back', async () => {
    const files = (target: string) => ({
      'a.xml': flow('one', '<Subflow id="a" flow="b.xml" next="b"><Return name="done" next="b"/></Subflow><Hangup id="b"/>'),
      'b.xml': flow('two', transfer('c.xml')),
      'c.xml': flow('three', `<Greeting id="a" next="${target}"><Say>x</Say></Greeting>`),
    });
    expect(shown((await loadAndCheck('a.xml', ports(files('return:done')))).problems)).toEqual([]);
    expect(shown((await loadAndCheck('a.xml', ports(files('return:dome')))).problems)).toEqual([
      'a.xml:2:59 FLOW_UNKNOWN_RETURN',
    ]);
  });
});

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WorkFolder, workFolder } from '../../test/kit/command.ts';
import { configCommand } from './config.ts';
import { SETTING_NAMES, variableOf } from './config-table.ts';
import { dncCommand } from './dnc.ts';
import { whitelistCommand } from './whitelist.ts';

let folder: WorkFolder;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => folder.remove());

const config = (args: readonly string[] = [], env: Record<string, string> = {}) => folder.run(configCommand, args, env);

/** `value  who says so` of a setting. */
async function told(name: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<string | undefined> {
  const { out } = await config(args, env);
  return out
    .split('\n')
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length)
    .trim()
    .replace(/ {2,}/g, '  ');
}

describe('a setting', () => {
  it('is what the flag says, else the environment, else the file, else the default', async () => {
    expect(await told('profile')).toBe('IN-EXOTEL  default');
    folder.write('press9.yaml', 'profile: IN-TCCCPR\n');
    expect(await told('profile')).toBe('IN-TCCCPR  press9.yaml:1:1');
    expect(await told('profile', [], { PRESS9_PROFILE: 'list' })).toBe('list  environment PRESS9_PROFILE');
    expect(await told('profile', [], { PRESS9_PROFILE: '' })).toBe('IN-TCCCPR  press9.yaml:1:1');
    const flags = ['--profile', 'IN-EXOTEL'];
    expect(await told('profile', flags, { PRESS9_PROFILE: 'list' })).toBe('IN-EXOTEL  flag --profile');
  });

  it('that is a list stands as one in the file, and with its marks between in the environment', async () => {
    folder.write(
      'press9.yaml',
      'company: Sunrise\nhours:\n  - mon-fri 09:30-18:00\n  - sat 10:00-13:00\nexophones: 02240000001\n',
    );
    expect(await told('hours')).toBe('mon-fri 09:30-18:00, sat 10:00-13:00  press9.yaml:2:1');
    expect(await told('exophones')).toBe('02240000001  press9.yaml:5:1');
    expect(await told('hours', [], { PRESS9_HOURS: 'mon,wed 9:00-10:00;daily 11:00-12:00' })).toContain(
      'mon,wed 9:00-10:00, daily',
    );
    expect(await told('holidays', [], { PRESS9_HOLIDAYS: '2026-12-25,2027-01-26' })).toContain('2026-12-25, 2027-01-26');
  });

  it('of a section has its own place', async () => {
    folder.write('press9.yaml', 'caps: &caps { hard: 4 }\nwhitelist:\n  inboundMonths: 6\n');
    expect(await told('caps.hard')).toBe('4  press9.yaml:1:15');
    expect(await told('whitelist.inboundMonths')).toBe('6  press9.yaml:3:3');
    expect(await told('whitelist.apiMonths')).toBe('6  default');
    expect(await told('caps.soft')).toBe('-  not set');
  });

  it('each has a variable of its own', () => {
    expect(new Set(SETTING_NAMES.map(variableOf)).size).toBe(SETTING_NAMES.length);
    expect(variableOf('caps.gapMinutes')).toBe('PRESS9_CAPS_GAP_MINUTES');
  });

  it('is the same as JSON', async () => {
    folder.write('press9.yaml', 'strict: yes\nholidays: [2026-12-25]\n');
    const { file, settings } = JSON.parse((await config(['--json'])).out);
    expect(file).toBe('press9.yaml');
    expect(settings).toContainEqual({ name: 'strict', value: 'yes', by: 'file', says: 'press9.yaml:1:1' });
    expect(settings.map(({ name }: { name: string }) => name)).toEqual(SETTING_NAMES);
  });
});

describe('the file', () => {
  it('is the nearest from the working folder upwards, unless one is named', async () => {
    mkdirSync(join(folder.cwd, 'a/b'), { recursive: true });
    folder.write('press9.yaml', 'company: Above\n');
    folder.write('other.yaml', 'company: Named\n');
    const inside = { ...folder, cwd: join(folder.cwd, 'a/b') };
    expect((await folder.run((io) => configCommand({ ...io, cwd: inside.cwd }), [])).out).toContain('../../press9.yaml:1:1');
    expect(await told('company', ['--config', 'other.yaml'])).toBe('Named  other.yaml:1:1');
    expect(await told('company', [], { PRESS9_CONFIG: 'other.yaml' })).toBe('Named  other.yaml:1:1');
    folder.write('a/b/press9.yml', 'company: Near\n');
    expect((await folder.run((io) => configCommand({ ...io, cwd: inside.cwd }), [])).out).toContain('Near');
  });

  it.each<[string, string, string]>([
    [
      'a key that is none',
      'compny: x',
      'press9.yaml:1:1: CONFIG_UNKNOWN_KEY "compny" is no setting.\n    Did you mean "company"?',
    ],
    [
      'one inside a section',
      'caps:\n  hrd: 3',
      'press9.yaml:2:3: CONFIG_UNKNOWN_KEY "caps.hrd" is no setting.\n    Did you mean "hard"?',
    ],
    ['a word from no list', 'profile: IN-EXOTLE', 'press9.yaml:1:10: CONFIG_BAD_VALUE profile: it is one of'],
    ['a rule that is none', 'without: [EXOTEL-CAPS, EXOTEL-CAP]', 'press9.yaml:1:24: CONFIG_BAD_VALUE without:'],
    ["the company's own list among the rules that warn", 'without: HOUSE-DNC', 'CONFIG_BAD_VALUE without:'],
    ['a number out of bounds', 'caps: { hard: 0 }', 'it is a whole number from 1 to 1000, not "0".'],
    ['hours that end before they begin', 'hours: 18:00-09:00', 'CONFIG_BAD_VALUE hours: it is a part of the day'],
    ['a day that is none', 'holidays: [2026-02-30]', 'press9.yaml:1:12: CONFIG_BAD_VALUE holidays:'],
    ['a map where a text belongs', 'company: { name: x }', 'press9.yaml:1:1: CONFIG_BAD_VALUE company: it is a text.'],
    ['a list where one belongs', 'country: [IN, US]', 'CONFIG_BAD_VALUE country: it is a country'],
    ['a text where a section belongs', 'caps: 3', 'caps: it has keys of its own: hard, soft, gapMinutes.'],
    ['a key without a value', 'company:', 'CONFIG_BAD_VALUE company: it is a text, not "".'],
    ['the same key twice', 'strict: true\nstrict: false', 'press9.yaml:2:1: CONFIG_YAML Not well-formed YAML'],
    ['broken YAML', 'a: [1', 'CONFIG_YAML Not well-formed YAML'],
    ['no map at all', '- x', 'CONFIG_NO_MAPPING'],
  ])('with %s is told of at its place, and nothing works with it', async (_, text, says) => {
    folder.write('press9.yaml', text);
    for (const [command, args] of [
      [configCommand, ['check']],
      [dncCommand, ['add', '9876543210']],
    ] as const) {
      const { err, out, error, exitCode } = await folder.run(command, args);
      expect(err).toContain(says);
      expect(error?.message).toBe('The configuration press9.yaml has 1 mistake.');
      expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    }
  });

  it('tells every mistake at once', async () => {
    folder.write('press9.yaml', 'compny: x\nstrict: perhaps\n');
    const { err, error } = await config(['check']);
    expect(err.match(/^press9\.yaml:/gm)).toHaveLength(2);
    expect(error?.message).toBe('The configuration press9.yaml has 2 mistakes.');
  });

  it('may be empty, or all comments; one that is named must be there', async () => {
    folder.write('press9.yaml', '# nothing yet\n');
    expect((await config(['check'])).out).toBe('press9.yaml: no mistakes\n');
    expect((await config(['--config', 'no.yaml'])).error?.message).toBe(
      'The configuration no.yaml cannot be read: there is no such file.',
    );
    expect((await config(['--config', '.'])).error?.message).toContain('it is a folder');
  });
});

describe('the environment', () => {
  it('is told of its mistakes by the variable', async () => {
    const { error } = await config([], { PRESS9_SECTOR: 'bnk' });
    expect(error?.message).toMatch(/^PRESS9_SECTOR: sector: it is one of bank, .*, not "bnk"\.$/);
    expect(error?.advice).toBe('Did you mean "bank"?');
    expect((await config([], { PRESS9_EXOPHONES: '123' })).error?.message).toMatch(
      /^exophones: "123" is no phone number: .* \(PRESS9_EXOPHONES\)\.$/,
    );
  });

  it('with a variable that is near a setting is asked about', async () => {
    expect((await config(['check'], { PRESS9_PROFIL: 'LIST' })).err).toBe(
      'note: PRESS9_PROFIL is no setting. Did you mean "PRESS9_PROFILE"?\n',
    );
  });
});

describe('the commands', () => {
  it('take store and country from the file, the store from its folder', async () => {
    folder.write('press9.yaml', 'country: us\nstore: data/list.db\n');
    mkdirSync(join(folder.cwd, 'data'));
    const { out, err } = await folder.run(dncCommand, ['add', '(415) 555-2671']);
    expect(out).toContain('+14155552671 is on the list now');
    expect(err).toBe(`store: ${join(folder.cwd, 'data/list.db')} (new)\n`);
    const elsewhere = await folder.run(dncCommand, ['check', '4155552671'], { PRESS9_STORE: 'memory:' });
    expect(elsewhere.err).toContain('in memory');
    const flagged = await folder.run(dncCommand, ['check', '9876543210', '--country', 'in', '--store', 'memory:']);
    expect(flagged.out).toBe('+919876543210  not listed\n');
    expect((await folder.run(dncCommand, ['check', '9876543210', '--config', 'none.yaml'])).error?.message).toContain(
      'none.yaml',
    );
  });

  it('read the vendor as the file has it, unless a switch of their own says otherwise', async () => {
    folder.write('press9.yaml', 'company: Sunrise Clinic\nwhitelist: { inboundMonths: 6 }\nstore: list.db\n');
    const inbound = ['inbound', '9876543210', '--at', '2026-03-15'];
    expect((await folder.run(whitelistCommand, inbound)).out).toContain('is whitelisted until 2026-09-15');
    const status = ['status', '9876543210', '--at', '2026-06-01', '--switch', 'inboundMonths=2'];
    expect((await folder.run(whitelistCommand, status)).out).toContain('is not whitelisted');
    const post = ['post', '9812345678', '--exophone', '02240000001'];
    expect((await folder.run(whitelistCommand, post)).out).toContain('Sunrise Clinic');
  });
});

describe('the schema that editors get', () => {
  it('knows the file of the documentation', async () => {
    const page = readFileSync(new URL('../../docs/config.md', import.meta.url), 'utf8');
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
    folder.write('press9.yaml', example);
    const { out } = await config(['check']);
    expect(out).toBe('press9.yaml: no mistakes\n');
    const { fromJSONSchema } = await import('zod');
    const { parse } = await import('yaml');
    const schema = fromJSONSchema(JSON.parse(readFileSync(new URL('../../schema/press9.schema.json', import.meta.url), 'utf8')));
    expect(schema.safeParse(parse(example)).success).toBe(true);
    for (const wrong of ['compny: x', 'caps: { hrd: 1 }', 'strict: perhaps', 'hours: [9-5]'])
      expect(schema.safeParse(parse(wrong)).success, wrong).toBe(false);
  });
});

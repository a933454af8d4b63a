import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordings } from '../scripts/make-recordings.ts';
import { allApplets } from '../src/applets/index.ts';
import { replay } from '../src/call/replay.ts';
import { flowPorts } from '../src/commands/open-flow.ts';
import { describeRun } from '../src/commands/run-options.ts';
import { exotelDialect } from '../src/exotel/dialect.ts';
import { loadAndCheck } from '../src/flow/load.ts';
import type { FlowSet } from '../src/flow/model.ts';
import { callExample, type ExampleCall, heard, repository, words } from './example-call.ts';
import { messages } from './example-messages.ts';
import type { Story } from './example-stories.ts';
import { talks } from './example-talks.ts';
import { hasXmllint } from './kit/xmllint.ts';

const stories: readonly Story[] = [...messages, ...talks];

const flows = join(repository, 'flows');
const names = readdirSync(flows, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const files = names.flatMap((name) =>
  readdirSync(join(flows, name)).flatMap((file) => (file.endsWith('.xml') ? [`flows/${name}/${file}`] : [])),
);
const textOf = (file: string): string => readFileSync(join(repository, file), 'utf8');
const check = (file: string) => loadAndCheck(file, flowPorts(repository, file));

/** The rest of the world: webhooks arrive, everything else is out of reach. */
const WORLD = ['--answer', 'POST * => 200', '--answer', 'GET https://feedback.example/* => 200', '--answer', '* * => refused'];

const calls = new Map<Story, Promise<ExampleCall>>();
function callOf(story: Story): Promise<ExampleCall> {
  const call = calls.get(story) ?? callExample([`flows/${story.flow}/flow.xml`, ...story.args, ...WORLD]);
  calls.set(story, call);
  return call;
}

describe('every example', () => {
  test.each(names)('%s says what it shows and how to try it, in its first lines', (name) => {
    const comment = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<!-- ([\s\S]*?) -->\n<Flow /.exec(
      textOf(`flows/${name}/flow.xml`),
    )?.[1];
    expect(comment).toContain(`Try it: npx press9 run flows/${name}/flow.xml`);
  });

  test.each(names)('%s has no problem, not even a warning', async (name) => {
    const { problems, loaded } = await check(`flows/${name}/flow.xml`);
    expect(problems).toEqual([]);
    expect(loaded?.set.flows.size).toBeGreaterThan(0);
  });

  test('together they use every element of the language', () => {
    const elements = ['Flow', 'Unanswered', ...allApplets.map(({ element }) => element)];
    const text = files.map(textOf).join('\n');
    expect(elements.filter((element) => !new RegExp(`<${element}[\\s/>]`).test(text))).toEqual([]);
    expect(elements.length).toBeGreaterThanOrEqual(16);
  });
});

const schema = join(repository, 'schema', 'press9.xsd');
const missing = !hasXmllint
  ? 'xmllint is not installed'
  : existsSync(schema)
    ? undefined
    : 'schema/press9.xsd is not there; npm run generate writes it';
if (missing) process.stderr.write(`\n!!! SKIPPED: no example was validated against the schema: ${missing}.\n\n`);

describe.skipIf(missing !== undefined)(`the schema${missing ? ` (SKIPPED: ${missing})` : ''}`, () => {
  const validate = (path: string) => spawnSync('xmllint', ['--noout', '--schema', schema, path], { encoding: 'utf8' });

  test.each(files)('%s is valid', (file) => {
    expect(validate(join(repository, file))).toMatchObject({ status: 0, stderr: expect.stringContaining('validates') });
  });

  test('would refuse an example with a wrong attribute', () => {
    const folder = mkdtempSync(join(tmpdir(), 'press9-examples-'));
    const path = join(folder, 'flow.xml');
    writeFileSync(path, textOf('flows/otp/flow.xml').replace('class=', 'klass='));
    const { status } = validate(path);
    rmSync(folder, { recursive: true });
    expect(status).not.toBe(0);
  });
});

describe('calls', () => {
  test.each(stories.map((story) => [story.flow, story.title, story] as const))('%s: %s', async (_flow, _title, story) => {
    const { exitCode, view } = await callOf(story);
    expect(exitCode).toBe(0);
    let rest = heard(view);
    for (const part of story.hears ?? []) {
      expect(rest).toContain(part);
      rest = rest.slice(rest.indexOf(part) + part.length);
    }
    if (story.never) expect(heard(view)).not.toContain(story.never);
    if (story.sms) expect(view.sms.map(({ text }) => text)).toEqual([story.sms]);
    if (story.goal) expect(view.goals).toContain(story.goal);
    expect(view.saved).toMatchObject(story.saved ?? {});
    expect(view.ended?.by).toBe(story.ended ?? 'flow');
    expect(view.warnings).toEqual([]);
    expect(view.optOuts.map(({ key }) => key)).toEqual(story.optsOut ? ['9'] : []);
    expect(view.deliveries.map(({ what, ok }) => `${what} ${ok}`)).toEqual(story.optsOut ? ['webhook true'] : []);
  });

  test.each(names)('%s: every call replays to the same log', async (name) => {
    const { loaded } = await check(`flows/${name}/flow.xml`);
    const mine = stories.filter(({ flow }) => flow === name);
    expect(mine.length).toBeGreaterThan(0);
    for (const story of mine) {
      const { log } = await callOf(story);
      const again = replay({ flows: loaded?.set as FlowSet, dialect: exotelDialect }, log);
      expect(again.same ? 'same' : again.difference, story.title).toBe('same');
    }
  });

  test('a recording plays as long as it is', async () => {
    const shipped = stories.find(({ flow, title }) => flow === 'recorded-segments' && title.includes('shipped'));
    const { view } = await callOf(shipped as Story);
    const [intro] = view.speeches;
    expect((intro?.until ?? 0) - (intro?.at ?? 0)).toBe(800);
  });

  test('an opt-out that cannot be stored is not called one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'press9-examples-'));
    writeFileSync(join(folder, 'no-folder'), '');
    const store = ['--store', join(folder, 'no-folder', 'store.db')];
    const call = await callExample(['flows/support-desk/flow.xml', '--inbound', '--keys', '9', ...store, ...WORLD]);
    rmSync(folder, { recursive: true });
    expect(heard(call.view)).toContain('We could not note that just now.');
    expect(heard(call.view)).not.toContain('You have been removed');
    expect(call.exitCode).toBe(1);
  });

  test('they reach every applet of every example', async () => {
    const seen = new Set<string>(['support-desk notNow']);
    for (const story of stories) for (const { flow, node } of (await callOf(story)).view.visited) seen.add(`${flow} ${node}`);
    const loaded = await Promise.all(names.map((name) => check(`flows/${name}/flow.xml`)));
    const nodes = loaded.flatMap(({ loaded: of }) =>
      [...(of?.set.flows.values() ?? [])].flatMap((flow) => [...flow.nodes.keys()].map((node) => `${flow.name} ${node}`)),
    );
    expect([...new Set(nodes)].filter((node) => !seen.has(node))).toEqual([]);
  });
});

const outbound = names.filter((name) => !stories.some(({ flow, args }) => flow === name && args.includes('--inbound')));

describe('good manners', () => {
  test.each(outbound)('%s keeps a silent caller no longer than 30 s before it waits for a key or ends', async (name) => {
    const silent = stories.filter(({ flow, args }) => flow === name && !args.includes('--keys') && !args.includes('--callee'));
    const story = silent[0] ?? { flow: name, title: '', args: [] };
    const { log, view } = await callOf(story);
    const first = log.find(({ e }) => e.type === 'ended' || (e.type === 'timer.set' && e.timer !== 'time-limit'));
    expect(((first?.at ?? 0) - (view.answeredAt ?? 0)) / 1000).toBeLessThanOrEqual(30);
  });

  test.each(stories.filter(({ sms }) => sms).map((story) => [story.flow, story] as const))(
    'the SMS of %s fits one message',
    async (_, story) => {
      const { view } = await callOf(story);
      for (const { text } of view.sms) expect(text).toMatch(/^[\x20-\x7e]{1,160}$/);
    },
  );

  test('marketing names the company, then the opt-out, before anything else', async () => {
    const { view } = await callOf(
      stories.find(({ flow, title }) => flow === 'marketing-promotion' && title === 'silence') as Story,
    );
    expect(heard(view)).toMatch(/^Lotus Electronics \w+\. Press 9 to stop these calls\. This weekend/);
  });
});

describe('flows/README.md', () => {
  const commands = [...textOf('flows/README.md').matchAll(/^npx press9 run (.+)$/gm)].map(([, args = '']) => args);

  test('lists every example, and a command for each', () => {
    const text = textOf('flows/README.md');
    expect(names.filter((name) => !text.includes(`](${name}/flow.xml)`))).toEqual([]);
    expect(names.filter((name) => !commands.some((args) => args.startsWith(`flows/${name}/`)))).toEqual([]);
  });

  test.each(commands)('press9 run %s', async (args) => {
    const { exitCode, said, view } = await callExample([...words(args), ...WORLD]);
    expect(said).not.toContain('of --keys');
    expect(view.ended).toBeDefined();
    expect(view.warnings).toEqual([]);
    expect(exitCode).toBe(0);
  });
});

describe('README.md', () => {
  const text = textOf('README.md');

  test('shows the appointment reminder as it is', () => {
    const flow = textOf('flows/appointment-reminder/flow.xml').replace(/<!--[\s\S]*?-->\n/, '');
    expect(text).toContain(`\`\`\`xml\n${flow}\`\`\``);
  });

  test('has a row for every element', () => {
    const elements = ['Flow', 'Unanswered', ...allApplets.map(({ element }) => element)];
    expect(elements.filter((element) => !text.includes(`\n| ${element} |`))).toEqual([]);
  });

  test('names only options of press9 run that there are', () => {
    const section = text.slice(text.indexOf('## press9 run'), text.indexOf('## press9 test'));
    const named = [...section.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option);
    const known = new Set(['--help', ...describeRun().options.map(({ long }) => long)]);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((option) => !known.has(option))).toEqual([]);
  });
});

test('the recordings are those that scripts/make-recordings.ts makes, and small', () => {
  const folder = join(flows, 'recorded-segments', 'recordings');
  expect(readdirSync(folder).sort()).toEqual([...recordings().keys()].sort());
  for (const [name, bytes] of recordings()) {
    expect(readFileSync(join(folder, name)).equals(bytes), name).toBe(true);
    expect(bytes.length).toBeLessThan(60_000);
  }
});

describe('with the real server of balance-url', () => {
  let folder = '';
  let server: ReturnType<typeof spawn>;
  beforeAll(async () => {
    server = spawn(process.execPath, [join(flows, 'balance-url', 'server.mjs')], { env: { ...process.env, PORT: '0' } });
    const [address] = (await once(createInterface({ input: server.stdout as NodeJS.ReadableStream }), 'line')) as [string];
    folder = mkdtempSync(join(tmpdir(), 'press9-examples-'));
    for (const name of ['balance-url', 'balance-passthru']) {
      cpSync(join(flows, name), join(folder, name), { recursive: true });
      const path = join(folder, name, 'flow.xml');
      writeFileSync(path, readFileSync(path, 'utf8').replace('http://127.0.0.1:8790/balance', address));
    }
  });
  afterAll(async () => {
    const gone = once(server, 'exit');
    server.kill();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(['balance-url', 'balance-passthru'])('%s speaks the balance of the customer', async (name) => {
    const { view } = await callExample([join(name, 'flow.xml'), '--to', '9876543211'], folder);
    expect(heard(view)).toBe('Hello Imran, this is Kaveri Bank. Your balance is 820 rupees.');
    expect(view.requests.map(({ method }) => method)).toEqual(name === 'balance-url' ? ['HEAD', 'GET'] : ['GET']);
  });
});

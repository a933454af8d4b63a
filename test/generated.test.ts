import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { generated } from '../scripts/generate.ts';
import { exampleOf, WHOLE } from '../scripts/language-examples.ts';
import { languagePage } from '../scripts/language-page.ts';
import { allApplets } from '../src/applets/index.ts';
import { attributesOf } from '../src/flow/elements.ts';
import { printFlow } from '../src/flow/print-xml.ts';
import { readFlow } from '../src/flow/read-xml.ts';
import { arbitraryFlow } from './arbitrary/flow.ts';
import { listFlows, ROOT } from './flow-files.ts';
import { hasXmllint, sayWithoutXmllint } from './kit/xmllint.ts';

const folder = mkdtempSync(join(tmpdir(), 'press9-xsd-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = await generated();

describe('what is generated', () => {
  it.each(files.map(({ path, text }) => [path, text]))('%s is up to date (npm run generate)', (path, text) => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
  });

  it('tells of every element and every attribute', () => {
    const page = languagePage();
    for (const { element, settings, xml } of allApplets) {
      const [, section = ''] = page.split(`\n### ${element}\n`);
      const own = section.split('\n### ')[0] ?? '';
      const names = [...attributesOf(settings).map(({ name }) => name), ...Object.keys(xml.exits)];
      for (const name of names) expect(own, `${element} ${name}`).toContain(`| \`${name}\` |`);
      for (const child of Object.keys(xml.children ?? {})) expect(own).toContain(`Child \`<${child}>\``);
    }
  });

  it.each(allApplets.map((applet) => [applet.element, applet] as const))(
    'the example of %s reads without problems',
    (_, applet) => {
      const example = exampleOf(applet);
      const exits = ['next', ...Object.keys(applet.xml.exits)].join('|');
      const targets = [...example.matchAll(new RegExp(` (?:${exits})="(\\w+)"`, 'g'))].map(([, target]) => target);
      const hangups = [...new Set(targets)].map((target) => `<Hangup id="${target}"/>`).join('');
      const start = /id="(\w+)"/.exec(example)?.[1];
      const text = `<Flow name="t" start="${start}" class="T">${example}${hangups}</Flow>`;
      expect(readFlow(new TextEncoder().encode(text), 'example').problems).toEqual([]);
    },
  );

  it('has a whole flow that reads without problems', () => {
    expect(readFlow(new TextEncoder().encode(WHOLE), 'example').problems).toEqual([]);
  });
});

/** Names of the files that the schema refuses. */
function refused(files: readonly string[]): readonly string[] {
  const schema = join(ROOT, 'schema/press9.xsd');
  const { stderr } = spawnSync('xmllint', ['--noout', '--schema', schema, ...files], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const verdicts = files.filter((file) => stderr.includes(`${file} validates`));
  return files.filter((file) => !verdicts.includes(file)).map((file) => `${file}: ${stderr.slice(0, 600)}`);
}

const put = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

sayWithoutXmllint('the schema of the flow language was not tried');

describe.skipIf(!hasXmllint)('the schema', () => {
  it('accepts every example', () => {
    const flows = listFlows();
    expect(flows.length).toBeGreaterThan(10);
    expect(refused(flows)).toEqual([]);
  });

  it('accepts every flow that press9 can print', () => {
    const flows = fc.sample(arbitraryFlow(), { numRuns: 150, seed: 9 });
    expect(refused(flows.map((flow, i) => put(`random-${i}.xml`, printFlow(flow))))).toEqual([]);
  });

  it('refuses what is plainly wrong', () => {
    const wrong = [
      WHOLE.replace('<Hangup id="bye"/>', '<Hangup id="menu"/>'),
      WHOLE.replace('noInput=', 'noinput='),
      WHOLE.replace('<Key digit="1"', '<Key digit="11"'),
      WHOLE.replace('class="service-implicit"', 'class="other"'),
      WHOLE.replace('<Greeting id="removed" next="bye">', '<Greeting id="removed" next="bye">text'),
      WHOLE.replaceAll('OptOut ', 'Optout '),
    ].map((text, i) => put(`wrong-${i}.xml`, text));
    expect(refused(wrong)).toHaveLength(wrong.length);
    expect(refused([put('right.xml', WHOLE)])).toEqual([]);
  });
});

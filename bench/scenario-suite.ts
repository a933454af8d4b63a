import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export const SUITE_SIZE = 1000;

type Story = { keys: string; hears: string; digits: string; endedAt: string };

/** The stories, in turn: each ends elsewhere. */
const STORIES: readonly Story[] = [
  { keys: '1', hears: 'Thank you for confirming', digits: '1', endedAt: 'confirmed' },
  { keys: '2', hears: 'We will call you to reschedule', digits: '2', endedAt: 'reschedule' },
  { keys: '9', hears: 'You have been removed', digits: '9', endedAt: 'removed' },
];

const nth = (i: number): Story & { name: string; to: string } => ({
  ...(STORIES[i % STORIES.length] as Story),
  name: `Customer ${i}`,
  to: `98765${String(i).padStart(5, '0')}`,
});

const asScenario = (i: number): string => {
  const { keys, hears, digits, endedAt, name, to } = nth(i);
  return `flow: ../flow.xml
call: { to: "${to}", contact: { name: ${name} } }
steps:
  - hear: Hello ${name}
  - press: ${keys}
  - hear: ${hears}
expect:
  status: completed
  digits: ${digits}
  visited: [${endedAt}]
`;
};

const asTest = (i: number): string => {
  const { keys, hears, digits, endedAt, name, to } = nth(i);
  return `it('${i}', async () => {
  const c = await call(flow, { to: '${to}', contact: { name: '${name}' } });
  await c.hear('Hello ${name}');
  await c.press('${keys}');
  await c.hear('${hears}');
  const view = await c.end();
  expect(view.status).toBe('completed');
  expect(view.digits).toBe('${digits}');
  expect(view.visited.map(({ node }) => node)).toContain('${endedAt}');
});
`;
};

/** A folder with the appointment flow, 1,000 scenario files, and the same 1,000 as one file of vitest tests. */
export function makeSuite(flowXml: string): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'press9-suite-'));
  mkdirSync(join(folder, 'scenarios'));
  writeFileSync(join(folder, 'flow.xml'), flowXml);
  for (let i = 0; i < SUITE_SIZE; i++) writeFileSync(join(folder, `scenarios/customer-${i}.yaml`), asScenario(i));
  const testing = pathToFileURL(join(root, 'dist/testing.js')).href;
  const head = `import { expect, it } from 'vitest';\nimport { call } from '${testing}';\nconst flow = new URL('flow.xml', import.meta.url);\n`;
  writeFileSync(join(folder, 'calls.test.ts'), head + Array.from({ length: SUITE_SIZE }, (_, i) => asTest(i)).join(''));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'vitest.config.mjs'), "export default { test: { include: ['*.test.ts'] } };\n");
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const VITEST = join(root, 'node_modules/vitest/vitest.mjs');

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { notices } from './notices.ts';

const root = new URL('../', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
const path = (name: string): string => new URL(name, root).pathname;

const withTypes = !process.argv.includes('--no-types');

// Old chunks must not be packed; the types stay when they are not made anew.
if (existsSync(path('dist'))) {
  for (const name of readdirSync(path('dist')))
    if (withTypes || name !== 'types') rmSync(path(`dist/${name}`), { recursive: true });
}
const { metafile } = await build({
  absWorkingDir: path('.'),
  entryPoints: ['src/bin.ts', 'src/index.ts', 'src/testing.ts', 'src/testing/vitest.ts', 'src/emulator.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.13',
  // Packages are taken in: some hundred small files less to find and read, and press9 starts in half the time.
  external: ['react-devtools-core', 'vitest'],
  // Fastify would compile schemas with these; no route has one.
  alias: { '@fastify/ajv-compiler': './scripts/unused.cjs', '@fastify/fast-json-stringify-compiler': './scripts/unused.cjs' },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  metafile: true,
  jsx: 'automatic',
  define: { VERSION: JSON.stringify(version), 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
chmodSync(path('dist/bin.js'), 0o755);
writeFileSync(path('dist/THIRD-PARTY.txt'), notices(metafile, path('.')));
if (withTypes) {
  execFileSync(process.execPath, [path('node_modules/typescript/bin/tsc'), '-p', path('tsconfig.build.json')], {
    stdio: 'inherit',
  });
}

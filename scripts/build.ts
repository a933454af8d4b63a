import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
const path = (name: string): string => new URL(name, root).pathname;

const withTypes = !process.argv.includes('--no-types');

// Old chunks must not be packed; the types stay when they are not made anew.
if (existsSync(path('dist'))) {
  for (const name of readdirSync(path('dist')))
    if (withTypes || name !== 'types') rmSync(path(`dist/${name}`), { recursive: true });
}
await build({
  absWorkingDir: path('.'),
  entryPoints: ['src/bin.ts', 'src/index.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.13',
  packages: 'external',
  jsx: 'automatic',
  define: { VERSION: JSON.stringify(version), 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
chmodSync(path('dist/bin.js'), 0o755);
if (withTypes) {
  execFileSync(process.execPath, [path('node_modules/typescript/bin/tsc'), '-p', path('tsconfig.build.json')], {
    stdio: 'inherit',
  });
}

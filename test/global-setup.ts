import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../', import.meta.url).pathname;

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? newest(path) : /\.test\.tsx?$/.test(path) ? 0 : statSync(path).mtimeMs;
    }),
  );

/** Tests of the built program must not run an old one. */
export default function buildWhenStale(): void {
  const bin = join(root, 'dist/bin.js');
  if (existsSync(bin) && statSync(bin).mtimeMs >= newest(join(root, 'src'))) return;
  execFileSync(process.execPath, [join(root, 'scripts/build.ts'), '--no-types'], { stdio: 'inherit' });
}

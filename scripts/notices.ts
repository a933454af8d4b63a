import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** The packages whose code a build took in, with their folders. */
function packagesIn({ inputs }: Metafile): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of Object.keys(inputs)) {
    const match = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(path);
    if (match) found.set(match[2] ?? '', match[1] ?? '');
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function licenceOf(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file ? readFileSync(join(folder, file), 'utf8').trim() : '';
}

/** The licences of what the build contains, for the package that is published. */
export function notices(metafile: Metafile, root: string): string {
  const parts = [...packagesIn(metafile)].map(([name, folder]) => {
    const about = join(root, folder, 'package.json');
    const { version, license } = existsSync(about)
      ? (JSON.parse(readFileSync(about, 'utf8')) as { version: string; license: string })
      : { version: '', license: '' };
    return `${name} ${version} (${license})\n\n${licenceOf(join(root, folder))}`;
  });
  return `The programs in this folder contain these packages.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

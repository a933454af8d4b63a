import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { UserError } from '../core/problem.ts';
import { NEXT_COMMANDS, STARTER } from './init-files.ts';
import type { Io } from './io.ts';

/** `press9 init`: a small flow, scenarios and a CI snippet for somebody else's project. */
export function initCommand(io: Io): Command {
  return new Command('init')
    .name('press9 init')
    .description('Write a small flow, its scenarios and a CI snippet into a project. Files that are there stay as they are.')
    .argument('[folder]', 'the project', '.')
    .action(async (folder: string) => {
      for (const [path, text] of Object.entries(STARTER)) {
        const written = await writeNew(resolve(io.cwd, folder, path), text);
        io.out(`${written ? 'wrote' : 'kept '}  ${join(folder, path)}${written ? '' : ', which was there'}\n`);
      }
      const there = folder === '.' ? '' : `cd ${folder}\n  `;
      io.out(`\nGo on with:\n\n  ${there}${NEXT_COMMANDS.join('\n  ')}\n`);
    });
}

/** Whole or not at all, and never over a file that is there. Tells whether it was written. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && !message.includes('mkdir')) return false;
    const why = code === 'EEXIST' || code === 'ENOTDIR' ? 'a file stands where a folder should be' : message;
    throw new UserError(`${path} cannot be written: ${why}.`, { exitCode: 1 });
  }
}

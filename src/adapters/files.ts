import { readFile, stat } from 'node:fs/promises';
import type { Files } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';

const LIMIT = 64_000_000;

/**
 * Files of this machine.
 * @param limit in bytes; larger files are refused before they are read. 64 MB unless told.
 * @throws UserError when there is no such file, it is no file, is too large, or may not be read.
 */
export function createFiles(limit = LIMIT): Files {
  return {
    async read(path) {
      try {
        const about = await stat(path);
        if (!about.isFile()) throw new UserError(`${path} is ${about.isDirectory() ? 'a folder' : 'not a file'}.`);
        if (about.size > limit) throw new UserError(`${path} is too large: ${about.size} bytes, at most ${limit} are read.`);
        return await readFile(path);
      } catch (error) {
        throw error instanceof UserError ? error : explain(error, path);
      }
    },
  };
}

function explain(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new UserError(`There is no file ${path}.`);
  if (code === 'EACCES' || code === 'EPERM') return new UserError(`${path} may not be read: permission is missing.`);
  return error;
}

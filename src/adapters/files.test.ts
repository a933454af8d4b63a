import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../core/problem.ts';
import { createFiles } from './files.ts';

describe('files of this machine', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'press9-files-'));
    await writeFile(join(folder, 'flow.xml'), '<Flow/>');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('come as bytes', async () => {
    expect(Buffer.from(await createFiles().read(join(folder, 'flow.xml'))).toString()).toBe('<Flow/>');
  });

  it.each([
    ['missing.xml', 'There is no file'],
    ['flow.xml/inside', 'There is no file'],
    ['.', 'is a folder'],
  ])('explain why %j cannot be read', async (name, says) => {
    const reading = createFiles().read(join(folder, name));
    await expect(reading).rejects.toThrow(says);
    await expect(reading).rejects.toBeInstanceOf(UserError);
  });

  it('are not read when they are too large', async () => {
    await expect(createFiles(6).read(join(folder, 'flow.xml'))).rejects.toThrow('too large: 7 bytes, at most 6');
    expect(await createFiles(7).read(join(folder, 'flow.xml'))).toHaveLength(7);
  });
});

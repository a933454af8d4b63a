import { describe, expect, it } from 'vitest';
import { unreadable } from './sqlite-open.ts';

/** As `node:sqlite` throws it. */
const failing = (errcode: number) => Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode });

describe('a store that cannot be read', () => {
  it('for want of room beside it is told so, and nobody is told to move it away', () => {
    const noRoomToShareMemory = 4874;
    const { message, advice } = unreadable('x.db', failing(noRoomToShareMemory));
    expect(message).toBe('The store x.db cannot be read: the disk is full. It was left as it is.');
    expect(advice).toBe('Make room on its disk. Until then, nobody knows who is on the list.');
  });

  it('because it is damaged may be moved away', () => {
    expect(unreadable('x.db', failing(11))).toMatchObject({
      message: 'The store x.db cannot be read: the file is damaged. It was left as it is.',
      advice: expect.stringContaining('Move it away'),
    });
  });
});

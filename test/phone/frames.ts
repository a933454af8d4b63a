import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { type Screen, steady } from './tmux.ts';

/** Waits until the screen is the frame that is kept; with UPDATE_FRAMES=1 keeps what it shows, as soon as it stands still. */
export async function sameFrame(phone: Screen, name: string): Promise<void> {
  const file = join(import.meta.dirname, 'frames', `${name}.txt`);
  if (process.env['UPDATE_FRAMES']) {
    writeFileSync(file, await phone.still());
    return;
  }
  const kept = readFileSync(file, 'utf8');
  await vi.waitFor(() => expect(steady(phone.shows())).toBe(kept), { timeout: 5000, interval: 40 });
}

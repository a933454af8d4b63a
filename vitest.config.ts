import { defineConfig } from 'vitest/config';

/** Colours are decided on once, when the first module asks for them. */
const ALONE = ['src/tui/open-phone.test.ts'];

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    // A guard against what hangs, and no measure of speed: a busy machine may take long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait for a terminal or a program; with a worker for each of two cores these would stand idle half of the time.
    maxWorkers: 4,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
          exclude: ALONE,
          // A worker loads a module once, not once for each of 290 files: half of the time was spent on that.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});

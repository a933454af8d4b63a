import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    // A guard against what hangs, and no measure of speed: a busy machine may take long.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait for a terminal or a program; with a worker for each of two cores these would stand idle half of the time.
    maxWorkers: 4,
  },
});

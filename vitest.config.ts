import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    testTimeout: 20_000,
    // Many tests wait for a terminal or a program; with a worker for each of two cores these would stand idle half of the time.
    maxWorkers: 4,
  },
});

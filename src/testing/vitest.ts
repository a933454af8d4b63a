// `import 'press9/testing/vitest'` in a test, or once under setupFiles: expect(call).toHaveHeard(…) and its types.
import { expect } from 'vitest';
import { type CallMatchers, matchers } from './matchers.ts';

expect.extend(matchers);

declare module 'vitest' {
  // The parameters of vitest's own declaration: merged ones must be the same.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> extends CallMatchers<R> {}
}

import type { AppletProblem } from '../../core/applet.ts';

/** Keys that a menu or Gather maps twice; the caller would only ever get the first. */
export function duplicateKeys(digits: readonly string[]): AppletProblem[] {
  return digits.flatMap((digit, i) =>
    digits.indexOf(digit) < i
      ? [
          {
            code: 'KEY_TWICE',
            severity: 'error',
            path: `keys.${i}.digit`,
            says: `Key ${digit} is mapped twice.`,
            try: 'Keep one of the two.',
          },
        ]
      : [],
  );
}

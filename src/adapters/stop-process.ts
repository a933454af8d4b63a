import { ms } from '../core/ids.ts';

/** A process that nobody can bring back, such as one without a shell, is not stopped at all. It waits no longer than this. */
const NOT_STOPPED = ms(250);

/**
 * Stops this process and those that were started with it, as Ctrl-Z does. Resolves when a shell has let it go on; at once
 * where there is none.
 */
export function stopProcess(): Promise<void> {
  const deaf = without('SIGTSTP');
  return new Promise((resolve) => {
    const goOn = (): void => {
      clearTimeout(timer);
      process.off('SIGCONT', goOn);
      deaf();
      // The window may have another size by now, which is told only to those who are in front.
      process.kill(process.pid, 'SIGWINCH');
      resolve();
    };
    const timer = setTimeout(goOn, NOT_STOPPED);
    process.on('SIGCONT', goOn);
    process.kill(0, 'SIGTSTP');
  });
}

/** Nobody hears a signal, so it does what it does by itself. Returns how to hear it again. */
function without(signal: NodeJS.Signals): () => void {
  const listeners = process.listeners(signal);
  for (const listener of listeners) process.off(signal, listener);
  return () => {
    for (const listener of listeners) process.on(signal, listener);
  };
}

/** Writes what comes in one turn of the event loop at once: a line a request is a write a request otherwise. */
export function createTurnWriter(write: (text: string) => void): (text: string) => void {
  let waiting = '';
  const flush = () => {
    const text = waiting;
    waiting = '';
    write(text);
  };
  return (text) => {
    if (waiting === '') setImmediate(flush);
    waiting += text;
  };
}

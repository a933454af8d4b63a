/** Lets everything that waits have its turn: signals, keys, files. */
export const breathe = (): Promise<void> => new Promise((done) => void setImmediate(done));

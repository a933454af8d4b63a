// For --import: whoever opens TLS to one of Exotel's hosts gets to the emulator. The name that is asked for stays as it was, so
// that the certificate is checked against it.

import tls from 'node:tls';

const { EMULATOR_TLS_PORT = '' } = process.env;
const connect = tls.connect;

tls.connect = (options, ...rest) => {
  if (!/(^|\.)exotel\.(com|in)$/.test(options.host)) throw new Error(`a test wants to reach ${options.host}`);
  return connect({ ...options, host: '127.0.0.1', port: Number(EMULATOR_TLS_PORT) }, ...rest);
};

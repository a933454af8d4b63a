// Forked by a test, which names a client, one of its methods, and the arguments; answers with what the callback was given.

const SID = process.env.EXOTEL_SID;

const clients = {
  exotel: (token) => require('exotel')({ id: SID, token }),
  'exotel-node': (token) => {
    const client = require('exotel-node');
    client.init(SID, token, '08047112345');
    return client;
  },
};

process.on('message', ({ client, token, method, args }) => {
  clients[client](token)[method](...args, (error, result) =>
    process.send({ error: error ? error.message : null, result: result === undefined ? null : result }),
  );
});

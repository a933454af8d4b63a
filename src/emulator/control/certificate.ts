import type { FastifyInstance } from 'fastify';
import type { Described } from './route.ts';
import { CONTROL, sendJson } from './serve.ts';

export const CERTIFICATE = {
  method: 'GET',
  path: 'certificate',
  summary: 'The certificate of --tls, as PEM; 404 without',
  produces: 'application/x-pem-file',
} as const satisfies Described;

/** Text, to be saved as a file. */
export function addCertificate(app: FastifyInstance, certificate: () => string | undefined): void {
  app.get(`${CONTROL}/${CERTIFICATE.path}`, (_request, reply) => {
    const pem = certificate();
    if (pem === undefined) return sendJson(reply, 404, { error: 'there is no certificate: press9 serve has one with --tls' });
    return reply.header('content-type', CERTIFICATE.produces).send(pem);
  });
}

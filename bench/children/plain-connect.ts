/**
 * The least that a server can do with a request for a call: read the body, take it apart with the emulator's own parser,
 * answer a constant that is as long as the emulator's answer. Prints `{ url, pid }` when it listens.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fieldsOf, parseForm } from '../../src/exotel/fields.ts';

const SID = 'b30af7f9487b36dcd1206981ef7d20c1';
const ANSWER = JSON.stringify({
  Call: {
    Sid: SID,
    ParentCallSid: null,
    DateCreated: '2026-12-01 10:00:00',
    DateUpdated: '2026-12-01 10:00:00',
    AccountSid: 'press9',
    To: '08047112233',
    From: '09876543210',
    PhoneNumberSid: '08047112233',
    Status: 'in-progress',
    StartTime: '2026-12-01 10:00:00',
    EndTime: null,
    Duration: null,
    Price: null,
    Direction: 'outbound-api',
    AnsweredBy: null,
    ForwardedFrom: null,
    CallerName: null,
    Uri: `/v1/Accounts/press9/Calls.json/${SID}`,
    RecordingUrl: null,
  },
});

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const fields = fieldsOf(parseForm(Buffer.concat(pieces).toString('utf8')));
    response.writeHead(fields.first('From') ? 200 : 400, { 'content-type': 'application/json' });
    response.end(ANSWER);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}`, pid: process.pid }));
});

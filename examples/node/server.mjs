// Kaveri Clinic reminds people of appointments through Exotel. No packages; what it knows it keeps in memory.

import { createServer } from 'node:http';

const HOURS = { 1: { day: 'Tuesday', from: 9, to: 12 }, 2: { day: 'Thursday', from: 14, to: 17 } };

/**
 * @param {Record<string, string | undefined>} env EXOTEL_URL (https://api.exotel.com, or press9), EXOTEL_SID, EXOTEL_KEY,
 * EXOTEL_TOKEN, EXOTEL_FLOW (the address of the flow), EXOPHONE, PORT, PUBLIC_URL (under which Exotel reaches this server)
 */
export async function startClinic(env) {
  /** By CallSid. */
  const bookings = new Map();
  const calls = new Map();
  const optOuts = new Set();

  /** Asks Exotel for a call. */
  async function remind(number) {
    const { EXOTEL_URL, EXOTEL_SID, EXOTEL_KEY, EXOTEL_TOKEN, EXOTEL_FLOW, EXOPHONE } = env;
    const response = await fetch(`${EXOTEL_URL}/v1/Accounts/${EXOTEL_SID}/Calls/connect.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${EXOTEL_KEY}:${EXOTEL_TOKEN}`).toString('base64')}` },
      body: new URLSearchParams({
        From: number,
        CallerId: EXOPHONE,
        Url: EXOTEL_FLOW,
        StatusCallback: `${env.PUBLIC_URL ?? url}/status`,
        'StatusCallbackEvents[0]': 'terminal',
      }),
    });
    const { Call, RestException } = await response.json();
    if (!response.ok) throw new Error(`Exotel: ${RestException.Status} ${RestException.Message}`);
    calls.set(Call.Sid, 'asked for');
    return Call.Sid;
  }

  const routes = {
    'POST /reminders': async ({ body }) => {
      const { number } = JSON.parse(body);
      if (optOuts.has(lastTen(number))) return [409, { error: 'this person wants no calls' }];
      return [201, { callSid: await remind(number) }];
    },
    'GET /keep': ({ query }) => {
      bookings.set(query.get('CallSid'), 'as planned');
      return [200];
    },
    'GET /day': ({ query }) => {
      const day = HOURS[digitsIn(query)];
      if (day) bookings.set(query.get('CallSid'), day);
      return [day ? 200 : 302];
    },
    'GET /hours': ({ query }) => {
      const { from, to } = bookings.get(query.get('CallSid'));
      const text = `Type the hour, from ${from} to ${to}, and then hash.`;
      return [200, { gather_prompt: { text }, max_input_digits: 2, finish_on_key: '#', repeat_menu: 2 }];
    },
    'GET /book': ({ query }) => {
      const { day, from, to } = bookings.get(query.get('CallSid'));
      const hour = Number(digitsIn(query));
      if (hour < from || hour > to) return [302];
      bookings.set(query.get('CallSid'), `${day}, ${hour}:00`);
      return [200];
    },
    'GET /note': ({ query }) => [200, `Kaveri Clinic: ${bookings.get(query.get('CallSid'))}. See you then!`],
    'POST /opt-outs': ({ body }) => {
      optOuts.add(lastTen(JSON.parse(body).number));
      return [204];
    },
    // Exotel posts multipart/form-data unless it is asked for JSON.
    'POST /status': async ({ body, contentType }) => {
      const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
      calls.set(form.get('CallSid'), form.get('Status'));
      return [200];
    },
  };

  const server = createServer(async (request, response) => {
    const { pathname, searchParams: query } = new URL(request.url, 'http://localhost');
    // Exotel asks HEAD before it fetches a text.
    const route = routes[`${request.method === 'HEAD' ? 'GET' : request.method} ${pathname}`];
    const contentType = request.headers['content-type'];
    const body = Buffer.concat(await request.toArray());
    const [status, answer] = route
      ? await Promise.resolve({ query, body, contentType })
          .then(route)
          .catch((error) => [502, { error: error.message }])
      : [404];
    const isText = typeof answer === 'string';
    response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' });
    response.end(isText ? answer : JSON.stringify(answer));
  });
  await new Promise((open) => server.listen(Number(env.PORT ?? 3000), 'localhost', open));
  const url = `http://localhost:${server.address().port}`;
  return {
    url,
    bookings,
    calls,
    optOuts,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Exotel sends what was typed in double quotes: "10". */
const digitsIn = (query) => query.get('digits').replaceAll('"', '');
/** Numbers come as 09876543210 and as +919876543210. */
const lastTen = (number) => number.slice(-10);

if (process.argv[1] === import.meta.filename) console.log(`the clinic is at ${(await startClinic(process.env)).url}`);

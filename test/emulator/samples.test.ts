import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { type Bed, basic, bed, closeAll, overSocket } from '../kit/emulator.ts';

/*
 * The samples of Exotel's pages on the whitelist and on automated calls, as they stand there: host and credentials are ours,
 * and digits stand where the pages blank them out.
 */

const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) console.warn('curl is not installed: the curl lines of the documentation are NOT checked here');

afterEach(closeAll);

/** Runs a curl line of the documentation in a shell, as a reader would who pastes it. */
async function shell(emulator: Bed, line: string): Promise<string> {
  const { host } = new URL(emulator.url);
  const filled = line
    .replace('https://', 'http://')
    .replace(/<(?:your_)?api_key>/g, emulator.key)
    .replace(/<(?:your_)?api_token>/g, emulator.token)
    .replace('<subdomain>', `@${host}`)
    .replace('@api.exotel.com', `@${host}`)
    .replace(/<your_sid>|<account_sid>/g, emulator.sid)
    .replace('<customer_number>', '09876543210')
    .replace('<exophone>', '08047112345')
    .replace('<app_id>', (await emulator.flowUrl('hello')).split('/').at(-1) ?? '');
  const { stdout } = await promisify(execFile)('sh', ['-c', filled.replace(/^curl/, 'curl -sS')]);
  return stdout;
}

const POST = `curl -X POST https://<your_api_key>:<your_api_token><subdomain>/v1/Accounts/<your_sid>/CustomerWhitelist/ \\
-d "VirtualNumber=8088930240" \\
-d "Number=9876540682" \\
-d "Language=en"`;
const DELETE =
  'curl -X DELETE https://<your_api_key>:<your_api_token><subdomain>/v1/Accounts/<your_sid>/CustomerWhitelist?Number=9487012345,9790212345';
const CONNECT = `curl -X POST 'https://<api_key>:<api_token>@api.exotel.com/v1/Accounts/<account_sid>/Calls/connect.json' \\
-d 'From=<customer_number>' \\
-d 'CallerId=<exophone>' \\
-d 'Url=http://my.exotel.com/exoml/start/<app_id>' \\
-d 'StatusCallback=https://your-app.com/call-status'`;
const CAMPAIGN = `curl -X POST 'https://<api_key>:<api_token>@api.exotel.com/v1/Accounts/<account_sid>/Campaigns' \\
-H 'Content-Type: application/json' \\
-d '{"name": "Appointment_Reminders_Jan20", "numbers": ["+919876543210"]}'`;

const ADDED =
  'The numbers have been added to the whitelist. If DND number gives a missed call to unsubscribe, the corresponding number will be removed from whitelist.';

describe.runIf(hasCurl)('the curl lines of the documentation', () => {
  it('add a number to the whitelist, in XML and in JSON', async () => {
    const emulator = await bed();
    expect(await shell(emulator, POST)).toBe(
      `<?xml version="1.0" encoding="UTF-8"?><TwilioResponse><Result><Total>1</Total><Duplicate>0</Duplicate><Processed>1</Processed><Succeeded>1</Succeeded><Redundant>0</Redundant><Failed>0</Failed><Message>${ADDED}</Message></Result></TwilioResponse>`,
    );
    const json = await shell(
      emulator,
      POST.replace('CustomerWhitelist/', 'CustomerWhitelist/.json').replace('9876540682', '9876540683'),
    );
    expect(JSON.parse(json)).toEqual({
      Result: { Total: 1, Duplicate: 0, Processed: 1, Succeeded: 1, Redundant: 0, Failed: 0, Message: ADDED },
    });
  });

  it('take two numbers off it', async () => {
    const emulator = await bed({ seed: { whitelist: ['9487012345', '9790212345'] } });
    expect(await shell(emulator, DELETE)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><TwilioResponse><Result><Total>2</Total><Duplicate>0</Duplicate><Processed>2</Processed><Succeeded>2</Succeeded><Redundant>0</Redundant><Failed>0</Failed><Message>The numbers have been deleted from the whitelist.</Message></Result></TwilioResponse>',
    );
    const json = await shell(emulator, DELETE.replace('CustomerWhitelist', 'CustomerWhitelist.json'));
    expect(JSON.parse(json)).toMatchObject({ Result: { Total: 2, Processed: 2 } });
  });

  it('ask for an automated call, in JSON and in XML', async () => {
    const emulator = await bed();
    expect(JSON.parse(await shell(emulator, CONNECT))).toMatchObject({ Call: { From: '09876543210', Status: 'in-progress' } });
    expect(await shell(emulator, CONNECT.replace('connect.json', 'connect'))).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?><TwilioResponse><Call><Sid>\w{32}<\/Sid>/,
    );
    const [first] = await emulator.calls();
    expect(first?.wish).toEqual({ url: 'https://your-app.com/call-status', events: [], encoding: 'multipart/form-data' });
  });

  it('find no campaigns yet', async () => {
    const emulator = await bed();
    expect(await shell(emulator, CAMPAIGN)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><TwilioResponse><RestException><Status>404</Status><Message>No matching results</Message></RestException></TwilioResponse>',
    );
  });
});

/** What the `request` package of Node puts on the wire for `{ url, method, body }`: no Content-Type at all. */
const byNode = ({ url, sid, key, token }: Bed, method: string, path: string, body: string) =>
  `${method} /v1/Accounts/${sid}/${path} HTTP/1.1\r\nhost: ${new URL(url).host}\r\nauthorization: ${basic(key, token)}\r\n` +
  `content-length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;

/** What `requests` of Python does for `data={…}`. */
const byPython = ({ url, sid, key, token }: Bed, method: string, path: string, body: string) =>
  `${method} /v1/Accounts/${sid}/${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nUser-Agent: python-requests/2.32.3\r\n` +
  'Accept-Encoding: gzip, deflate\r\nAccept: */*\r\nConnection: close\r\n' +
  `Content-Length: ${body.length}\r\nContent-Type: application/x-www-form-urlencoded\r\nAuthorization: ${basic(key, token)}\r\n\r\n${body}`;

const DATA = 'VirtualNumber=8088930240&Number=9876540682&Language=en';

describe.each([
  ['Node', byNode],
  ['Python', byPython],
])('the %s sample of the documentation, byte by byte', (_language, request) => {
  it('adds a number to the whitelist', async () => {
    const emulator = await bed();
    const answer = await overSocket(emulator.url, request(emulator, 'POST', 'CustomerWhitelist/', DATA));
    expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(answer).toContain('<Total>1</Total><Duplicate>0</Duplicate><Processed>1</Processed><Succeeded>1</Succeeded>');
  });

  it('adds it as well with an ampersand in front', async () => {
    const emulator = await bed();
    const answer = await overSocket(emulator.url, request(emulator, 'POST', 'CustomerWhitelist/', `&${DATA}`));
    expect(answer).toContain('<Succeeded>1</Succeeded>');
  });

  it('takes off the numbers in the address, whatever the body of the DELETE says', async () => {
    const emulator = await bed({ seed: { whitelist: ['9487012345', '9790212345', '9876540682'] } });
    const path = 'CustomerWhitelist?Number=9487012345,9790212345';
    const answer = await overSocket(emulator.url, request(emulator, 'DELETE', path, DATA));
    expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(answer).toContain('<Total>2</Total><Duplicate>0</Duplicate><Processed>2</Processed><Succeeded>2</Succeeded>');
    const kept = await emulator.get('CustomerWhitelist/9876540682.json');
    expect(kept.json).toMatchObject({ Result: { Status: 'Whitelist' } });
  });

  it('asks for an automated call', async () => {
    const emulator = await bed();
    const url = encodeURIComponent(await emulator.flowUrl('hello'));
    const body = `From=09876543210&CallerId=08047112345&Url=${url}`;
    const answer = await overSocket(emulator.url, request(emulator, 'POST', 'Calls/connect.json', body));
    expect(answer).toMatch(/"Status":"in-progress"/);
  });
});

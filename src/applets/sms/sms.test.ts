import { describe, expect, it } from 'vitest';
import { applets, play, type Script } from '../../../test/kit/play.ts';
import { commandsOf, hangUpsIn, queryOf, stayed } from '../../../test/kit/stories.ts';
import sms from './index.ts';

const URL = 'https://a.example/sms';
const message = (attributes = '', text = 'Your order {{order}} is on its way.') =>
  applets(`<Sms id="send" next="bye" ${attributes}>${text}</Sms><Hangup id="bye"/>`);

const refuses: Script = {
  ports: (usual) => ({
    gate: {
      ask: async (contact, at) =>
        contact.channel === 'sms'
          ? { verdict: 'block', reasons: [{ code: 'LISTED', says: 'The number opted out.', facts: [] }], warnings: [] }
          : usual.gate.ask(contact, at),
    },
  }),
};

describe('an Sms', () => {
  it('is sent to the customer, and the call goes on', async () => {
    const { view, path } = await play(message(), { facts: { variables: { order: '4711' } } });
    expect(view.sms).toMatchObject([
      { to: '+919876543210', text: 'Your order 4711 is on its way.', result: { sid: expect.any(String) } },
    ]);
    expect(path).toEqual(['send>next']);
    expect(view.ended).toEqual({ by: 'flow', node: 'bye' });
  });

  it('goes to somebody else when told to', async () => {
    const { view } = await play(message('to="{{owner}}"'), { facts: { contact: { owner: '98765 00000', order: '1' } } });
    expect(view.sms).toMatchObject([{ to: '98765 00000', result: { sid: expect.any(String) } }]);
  });

  it('leaves by next all the same when the gate refuses it, and the gateway never sees it', async () => {
    const handedOver: unknown[] = [];
    const { view, path } = await play(message(), {
      ports: (usual, clock) => ({ ...refuses.ports?.(usual, clock), sms: { send: (one) => void handedOver.push(one) } }),
    });
    expect(view.sms).toMatchObject([{ result: { refused: 'The number opted out.' } }]);
    expect(path).toEqual(['send>next']);
    expect(handedOver).toEqual([]);
  });

  it('asks the gate about the number it goes to, as an SMS of the class of the call', async () => {
    const asked: unknown[] = [];
    await play(message('to="9876500000"'), {
      ports: (usual) => ({
        gate: {
          ask(contact, at) {
            asked.push(contact);
            return usual.gate.ask(contact, at);
          },
        },
      }),
    });
    expect(asked[1]).toMatchObject({ number: '+919876500000', channel: 'sms', class: 'SI', exophone: '+918047112345' });
  });

  it('leaves by next when the gateway refuses it, and when its number is none', async () => {
    const refused = await play(message(), {
      ports: (_, clock) => ({
        sms: { send: (_, done) => void clock.alarm(clock.now(), () => done({ ok: false, says: 'No balance.' })) },
      }),
    });
    expect(refused.view.sms).toMatchObject([{ result: { refused: 'No balance.' } }]);
    expect(refused.path).toEqual(['send>next']);
    const nobody = await play(message('to="{{owner}}"'), { facts: { contact: { owner: 'the boss' } } });
    expect(nobody.view.sms).toMatchObject([{ result: { refused: expect.stringContaining('the number cannot be used') } }]);
    expect(nobody.path).toEqual(['send>next']);
  });

  it('waits for the gateway', async () => {
    const slow = await play(message(), {
      ports: (_, clock) => ({
        sms: { send: (_, done) => void clock.alarm((clock.now() + 1200) as never, () => done({ ok: true, sid: 'sms1' })) },
      }),
    });
    expect(stayed(slow, 'send')).toBe(1200);
  });

  it('has a summary of one line, however many its text has', () => {
    const settings = sms.settings.parse({ text: 'Dear customer,\nyour order is on its way.\n\nThe shop' });
    expect(sms.summary(settings)).toBe('"Dear customer, your order is on its way…"');
  });
});

describe('an Sms with a url', () => {
  const own = message(`url="${URL}"`, 'Our own words.');
  const textOf = async (rule: string, flow = own) => {
    const { view, path } = await play(flow, { answers: [rule] });
    expect(path).toEqual(['send>next']);
    return view.sms.map(({ text }) => text);
  };

  it('asks HEAD, then GET, with the parameters of the call, and sends the answer', async () => {
    const played = await play(own, { answers: [`GET ${URL} => 200 Pay at https://pay.example/1\n`] });
    expect(commandsOf(played, 'fetch')).toMatchObject([
      { method: 'HEAD', headers: [], timeout: 5000 },
      { method: 'GET', headers: [], timeout: 5000 },
    ]);
    expect(queryOf(played.view.requests[1]?.url)).toMatchObject({ CallSid: expect.any(String), From: '09876543210' });
    expect(played.view.sms.map(({ text }) => text)).toEqual(['Pay at https://pay.example/1']);
  });

  it.each([
    ['another type', `GET ${URL} => 200 content-type:text/html <b>Hi</b>`],
    ['a charset', `GET ${URL} => 200 content-type:text/plain;charset=utf-8 Hi`],
    ['404', `GET ${URL} => 404 Hi`],
    ['an empty answer', `GET ${URL} => 200`],
    ['a refused connection', `GET ${URL} => refused`],
  ])('sends its own text instead of %s', async (_, rule) => {
    expect(await textOf(rule)).toEqual(['Our own words.']);
  });

  it('sends its own text when HEAD is right and GET is not', async () => {
    const { view } = await play(own, { answers: [`HEAD ${URL} => 200`, `GET ${URL} => 500`] });
    expect(view.sms.map(({ text }) => text)).toEqual(['Our own words.']);
  });

  it('sends its own text after five seconds without an answer', async () => {
    const head = await play(own, { answers: [`GET ${URL} => timeout`] });
    expect(stayed(head, 'send')).toBe(5000);
    const both = await play(own, { answers: [`HEAD ${URL} => 200 after 4s`, `GET ${URL} => timeout`] });
    expect(stayed(both, 'send')).toBe(9000);
    expect(both.view.sms.map(({ text }) => text)).toEqual(['Our own words.']);
  });

  it('sends nothing when it has no text of its own, and goes on', async () => {
    expect(await textOf(`GET ${URL} => 404`, message(`url="${URL}"`, ''))).toEqual([]);
  });
});

describe('a caller who hangs up in an Sms', () => {
  it('ends the call while the server is asked and while the message is handed over', async () => {
    const flow = message(`url="${URL}"`);
    const answers = [`HEAD ${URL} => 200 after 1s`, `GET ${URL} => 200 after 1s Hello`];
    expect(await hangUpsIn(flow, 'send', { answers })).toEqual(['head', 'get', 'sending']);
  });

  it('gets the message that was under way', async () => {
    const { view } = await play(message(), {
      before: (call) => void call.subscribe(({ e }) => e.type === 'command' && e.command.type === 'sendSms' && call.hangUp()),
    });
    expect(view.ended).toEqual({ by: 'caller' });
    expect(view.sms).toMatchObject([{ result: { sid: expect.any(String) } }]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFlowUrl } from './flow-url.ts';

const OURS = ['localhost:4010', '127.0.0.1:4010'];

describe('the address of a flow', () => {
  it.each([
    'http://my.exotel.com/acme1/exoml/start_voice/1148615',
    'https://my.exotel.com/acme1/exoml/start_voice/1148615',
    'http://my.exotel.com/exoml/start_voice/1148615',
    'http://my.exotel.in/exoml/start/1148615',
    'http://my.exotel.com/exoml/start/1148615',
    'http://my.in.exotel.com/acme1/exoml/start_voice/1148615',
    'http://localhost:4010/acme1/exoml/start_voice/1148615',
    'https://127.0.0.1:4010/exoml/start_voice/1148615',
    'http://my.exotel.com/acme1/exoml/start_voice/1148615/',
    'http://my.exotel.com//acme1/exoml//start_voice/1148615',
    'HTTP://My.Exotel.Com/acme1/ExoML/Start_Voice/1148615',
    'http://my.exotel.com/acme1/exoml/start_voice/1148615?lang=hi&x=/exoml/start/9',
    'http://my.exotel.com/acme1/exoml/start_voice/1148615#top',
    'http://my.exotel.com:443/acme1/exoml/start_voice/1148615',
    'http://key:token@my.exotel.com/acme1/exoml/start_voice/1148615',
    '  http://my.exotel.com/acme1/exoml/start_voice/1148615\n',
  ])('is known as %s', (url) => {
    expect(readFlowUrl(url, OURS)).toEqual({ ok: true, app: '1148615' });
  });

  it('may name its flow, with its case and escapes', () => {
    expect(readFlowUrl('http://my.exotel.com/a/exoml/start_voice/Rent%20reminder', [])).toEqual({
      ok: true,
      app: 'Rent reminder',
    });
    expect(readFlowUrl('http://my.exotel.com/a/exoml/start_voice/100%', [])).toEqual({ ok: true, app: '100%' });
  });

  it.each([
    ['1148615', 'Url is no address that begins with http:// or https://.'],
    ['', 'Url is no address that begins with http:// or https://.'],
    ['ftp://my.exotel.com/exoml/start/1', 'Url is no address that begins with http:// or https://.'],
    ['https://app.example/exoml/start_voice/1', expect.stringContaining('not of your own server')],
    ['http://my.exotel.com.evil.example/exoml/start_voice/1', expect.stringContaining('not on a host of Exotel')],
    ['http://my.exotel.com@evil.example/exoml/start_voice/1', expect.stringContaining('not on a host of Exotel')],
    ['http://localhost:4011/exoml/start_voice/1', expect.stringContaining('not on a host of Exotel')],
    ['http://my.exotel.com/acme1/exoml/start_voice/', expect.stringContaining('no address of a flow')],
    ['http://my.exotel.com/acme1/start_voice/1', expect.stringContaining('no address of a flow')],
    ['http://my.exotel.com/a/b/exoml/start_voice/1', expect.stringContaining('no address of a flow')],
  ])('is not %j', (url, says) => {
    expect(readFlowUrl(url, OURS)).toMatchObject({ ok: false, says });
  });

  it('is elsewhere when nobody there has flows', () => {
    expect(readFlowUrl('https://app.example/exoml/start_voice/1', OURS)).toMatchObject({ ok: false, elsewhere: true });
    expect(readFlowUrl('http://my.exotel.com/acme1/start_voice/1', OURS)).not.toHaveProperty('elsewhere');
  });

  it('throws at no text', () => {
    fc.assert(fc.property(fc.string(), (path) => typeof readFlowUrl(`http://my.exotel.com/${path}`, OURS).ok === 'boolean'));
  });
});

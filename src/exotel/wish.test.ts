import { describe, expect, it } from 'vitest';
import { fieldsOf, parseForm } from './fields.ts';
import { readerOf } from './reader.ts';
import { readWish } from './wish.ts';

function wish(text: string) {
  const read = readerOf(fieldsOf(parseForm(text)));
  return { wish: readWish(read), problems: read.problems };
}

describe('who wants to be called back', () => {
  it('hears of the end, as form data, unless told otherwise', () => {
    expect(wish('StatusCallback=http://app.example/cb')).toEqual({
      wish: { url: 'http://app.example/cb', events: [], encoding: 'multipart/form-data' },
      problems: [],
    });
  });

  it.each([
    'StatusCallbackEvents[0]=answered&StatusCallbackEvents[1]=terminal',
    'StatusCallbackEvents[]=terminal&StatusCallbackEvents[]=answered',
    'StatusCallbackEvents=Terminal&StatusCallbackEvents=answered&StatusCallbackEvents=terminal',
    'StatusCallbackEvents=terminal,answered',
  ])('names events in any spelling of a list: %s', (events) => {
    expect(wish(`StatusCallback=http://app.example/cb&${events}`).wish?.events).toEqual(['terminal', 'answered']);
  });

  it.each([
    'http://[',
    'http://%zz',
    'http://a:99999/',
    'http://x/y z',
    'http:foo',
    'ftp://x/',
    `http://${'a'.repeat(500_000)} b`,
  ])('has to be somewhere: %.20s', (url) => {
    expect(wish(`StatusCallback=${encodeURIComponent(url)}`).problems).toHaveLength(1);
  });

  it('wants nothing without an address', () => {
    expect(wish('StatusCallbackEvents=ringing')).toEqual({ wish: undefined, problems: [] });
  });

  it.each([
    ['StatusCallback=app.example/cb', 'StatusCallback is no address'],
    ['StatusCallback=file:///etc/passwd', 'StatusCallback is no address'],
    ['StatusCallback=http://', 'StatusCallback is no address'],
    ['StatusCallback=http://a/%0d%0aX:1', 'StatusCallback is no address'],
    ['StatusCallbackEvents=finished', 'StatusCallbackEvents cannot be "finished"'],
    ['StatusCallbackContentType=text/xml', 'StatusCallbackContentType cannot be "text/xml"'],
  ])('is refused with %s', (text, says) => {
    expect(wish(text).problems).toEqual([expect.stringContaining(says)]);
  });
});

import { describe, expect, it } from 'vitest';
import { applets, play } from '../../../test/kit/play.ts';
import { stayed } from '../../../test/kit/stories.ts';

const HOURS = '<Open days="mon-fri" from="09:00" to="18:00"/><Holiday date="2026-01-26"/>';
const timing = (attributes = '', hours = HOURS) =>
  applets(`<Timing id="hours" open="desk" closed="away" ${attributes}>${hours}</Timing>
    <Hangup id="desk"/><Hangup id="away"/><Hangup id="feast"/>`);

/** Where an incoming call of that instant goes: it is in the applet the moment it comes in. */
async function at(instant: string, flow = timing()) {
  const played = await play(flow, { at: instant, facts: { direction: 'inbound' } });
  expect(stayed(played, 'hours')).toBe(0);
  return [played.path[0]?.replace('hours>', ''), played.view.ended?.by === 'flow' && played.view.ended.node];
}

describe('a Timing', () => {
  it.each([
    ['2026-11-23T08:59:59', 'closed', 'away'],
    ['2026-11-23T09:00:00', 'open', 'desk'],
    ['2026-11-23T12:00:00', 'open', 'desk'],
    ['2026-11-23T17:59:59', 'open', 'desk'],
    ['2026-11-23T18:00:00', 'closed', 'away'],
    ['2026-11-27T17:59:59', 'open', 'desk'],
    ['2026-11-28T12:00:00', 'closed', 'away'],
    ['2026-11-29T12:00:00', 'closed', 'away'],
  ])('at %s is %s', async (instant, exit, target) => {
    expect(await at(instant)).toEqual([exit, target]);
  });

  it('asks at the instant the caller comes to it, not when the call began', async () => {
    const flow = applets(`<Greeting id="hello" next="hours"><Pause for="2s"/></Greeting>
      <Timing id="hours" open="desk" closed="away">${HOURS}</Timing><Hangup id="desk"/><Hangup id="away"/>`);
    const { path } = await play(flow, { at: '2026-11-23T08:59:58', facts: { direction: 'inbound' } });
    expect(path).toEqual(['hello>next', 'hours>open']);
  });

  it('leaves by holiday on a day off, by closed where holiday is not wired', async () => {
    expect(await at('2026-01-26T10:00', timing('holiday="feast"'))).toEqual(['holiday', 'feast']);
    expect(await at('2026-01-26T10:00')).toEqual(['holiday', 'away']);
    expect(await at('2026-01-27T10:00', timing('holiday="feast"'))).toEqual(['open', 'desk']);
  });

  it('has a holiday from midnight to midnight, in its zone', async () => {
    const daily = '<Open days="daily" from="00:00" to="24:00"/><Holiday date="2026-01-26"/>';
    expect(await at('2026-01-25T23:59:59', timing('', daily))).toEqual(['open', 'desk']);
    expect(await at('2026-01-26T00:00:00', timing('', daily))).toEqual(['holiday', 'away']);
    expect(await at('2026-01-26T23:59:59', timing('', daily))).toEqual(['holiday', 'away']);
    expect(await at('2026-01-27T00:00:00', timing('', daily))).toEqual(['open', 'desk']);
  });

  it('may have several shifts a day', async () => {
    const shifts = timing('', '<Open days="mon" from="09:00" to="13:00"/><Open days="mon" from="14:00" to="18:00"/>');
    expect(await at('2026-11-23T12:59:59', shifts)).toEqual(['open', 'desk']);
    expect(await at('2026-11-23T13:30:00', shifts)).toEqual(['closed', 'away']);
    expect(await at('2026-11-23T14:00:00', shifts)).toEqual(['open', 'desk']);
  });

  it('follows the clocks of another zone when they change', async () => {
    const newYork = timing('zone="America/New_York"', '<Open days="daily" from="09:00" to="18:00"/>');
    // Winter until 8 March 2026: 9 in the morning is 14:00 UTC; summer from then on: 13:00 UTC.
    expect(await at('2026-03-07T13:59:59Z', newYork)).toEqual(['closed', 'away']);
    expect(await at('2026-03-07T14:00:00Z', newYork)).toEqual(['open', 'desk']);
    expect(await at('2026-03-08T12:59:59Z', newYork)).toEqual(['closed', 'away']);
    expect(await at('2026-03-08T13:00:00Z', newYork)).toEqual(['open', 'desk']);
    expect(await at('2026-03-08T22:00:00Z', newYork)).toEqual(['closed', 'away']);
  });

  it('has the weekday of its zone, not that of India', async () => {
    const sunday = timing('zone="America/New_York"', '<Open days="sun" from="00:00" to="24:00"/>');
    // Monday morning in India is still Sunday evening in New York.
    expect(await at('2026-11-23T08:00:00', sunday)).toEqual(['open', 'desk']);
  });

  it('drops the call where its exit leads nowhere', async () => {
    const { view } = await play(applets(`<Timing id="hours" open="desk">${HOURS}</Timing><Hangup id="desk"/>`));
    expect(view.ended).toEqual({ by: 'unwired', node: 'hours', exit: 'closed' });
  });
});

import { describe, expect, it } from 'vitest';
import { applets, play } from '../../../test/kit/play.ts';
import { stayed } from '../../../test/kit/stories.ts';

const CASES = `<Case value="gold" next="gold"/><Case value="silver" next="silver"/><Else next="else"/>`;
const TARGETS = '<Hangup id="gold"/><Hangup id="silver"/><Hangup id="else"/>';

/** Where a call goes whose server answered this to a Passthru before the SwitchCase. */
async function ends(rule: string, cases = CASES) {
  const flow =
    applets(`<Passthru id="ask" url="https://crm.example/plan"><On status="200" next="switch"/><Else next="switch"/></Passthru>
    <SwitchCase id="switch">${cases}</SwitchCase>${TARGETS}`);
  const { path } = await play(flow, { answers: [`GET https://crm.example/plan => ${rule}`] });
  return path.at(-1);
}

/** Where a value leads, straight from a variable. */
async function of(value: string | undefined, cases: string) {
  const flow = applets(`<SwitchCase id="switch" on="{{plan}}">${cases}</SwitchCase>${TARGETS}`);
  const played = await play(flow, { facts: value === undefined ? {} : { variables: { plan: value } } });
  expect(stayed(played, 'switch')).toBe(0);
  return played.path.at(-1)?.replace('switch>', '');
}

describe('a SwitchCase after a Passthru', () => {
  it.each([
    ['200 {"select":"gold"}', 'case:gold'],
    ['200 {"select": " silver "}', 'case:silver'],
    ['200 content-type:text/plain {"select":"gold"}', 'case:gold'],
    ['200 {"select":"Gold"}', 'else'],
    ['200 {"select":"lead"}', 'else'],
    ['200 {"select":""}', 'else'],
    ['200 {"select":{"a":1}}', 'else'],
    ['200 {"selected":"gold"}', 'else'],
    ['200 gold', 'else'],
    ['200', 'else'],
    ['200 ["gold"]', 'else'],
    ['timeout', 'else'],
  ])('%s leads to %s', async (rule, exit) => {
    expect(await ends(rule)).toBe(`switch>${exit}`);
  });

  it('compares numbers as they are written', async () => {
    expect(await ends('200 {"select":7}', '<Case value="7" next="gold"/>')).toBe('switch>case:7');
  });

  it('drops the call when no case fits and there is no Else', async () => {
    const flow = applets(`<SwitchCase id="switch"><Case value="a" next="gold"/></SwitchCase>${TARGETS}`);
    const { view } = await play(flow);
    expect(view.ended).toEqual({ by: 'unwired', node: 'switch', exit: 'else' });
  });
});

describe('a SwitchCase on a variable', () => {
  it('takes the first case that fits, in file order', async () => {
    const wide = '<Case like="g*" next="silver"/><Case value="gold" next="gold"/>';
    expect(await of('gold', wide)).toBe('case:g*');
    const narrow = '<Case value="gold" next="gold"/><Case like="g*" next="silver"/>';
    expect(await of('gold', narrow)).toBe('case:gold');
    expect(await of('green', narrow)).toBe('case:g*');
  });

  it('compares ranges as numbers, ends included', async () => {
    const range = '<Case from="-2" to="5.5" next="gold"/><Else next="else"/>';
    for (const inside of ['-2', '0', '05', '5.5', ' 3 ']) expect(await of(inside, range)).toBe('case:-2..5.5');
    for (const outside of ['-2.1', '5.6', '', 'three', '1,5']) expect(await of(outside, range)).toBe('else');
  });

  it('knows patterns with a star, whatever the case of letters', async () => {
    const pattern = '<Case like="*ld" next="gold"/><Else next="else"/>';
    expect(await of('GOLD', pattern)).toBe('case:*ld');
    expect(await of('golden', pattern)).toBe('else');
  });

  it('keeps values apart that hold dots, stars and the names of other exits', async () => {
    const odd = ['a', 'a.*', 'a.b', '*', 'else', 'case:a', '.', 'status.200'];
    const cases = odd.map((value) => `<Case value="${value}" next="gold"/>`).join('');
    for (const value of odd) expect(await of(value, cases)).toBe(`case:${value}`);
    expect(await of('a.c', cases)).toBe('else');
  });

  it('takes Else when the variable has no value', async () => {
    expect(await of(undefined, CASES)).toBe('else');
  });
});

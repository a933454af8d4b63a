import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CALL_VARIABLES as VARIABLES_OF_CALLS } from '../call/lookup.ts';
import { checkFlow } from './check.ts';
import type { CheckOptions } from './check-options.ts';
import { readFlow } from './read-xml.ts';
import { CALL_VARIABLES } from './variables.ts';

/** What a check finds in a flow around some applets, as `line:column severity CODE`, in the second line. */
function check(inside: string, options: CheckOptions = {}): string[] {
  const start = /id="(\w+)"/.exec(inside)?.[1];
  const text = `<Flow name="t" start="${start}" class="T">\n${inside}\n</Flow>`;
  const result = readFlow(new TextEncoder().encode(text), 'flow.xml');
  const flow = result.ok ? result.flow : result.draft?.flow;
  if (!flow) throw new Error('no flow');
  const lost = result.ok || !result.draft ? undefined : new Map([['t', result.draft]]);
  const set = { root: 't', flows: new Map([['t', flow]]), links: new Map(), audio: new Map() };
  const found = checkFlow(set, { ...options, ...(lost && { lost }) });
  return found.map(({ at, severity, code }) => `${at.line}:${at.column} ${severity} ${code}`);
}

const BYE = '<Hangup id="bye"/>';
const WIRED = 'noInput="bye" invalid="bye"';

describe('exits', () => {
  it('are reported when they lead nowhere, where they would be wired', () => {
    expect(check('<Greeting id="a"><Say>x</Say></Greeting>')).toEqual(['2:1 warning FLOW_UNWIRED_EXIT']);
    expect(check(`<IvrMenu id="a" ${WIRED}><Say>Press 1.</Say><Key digit="1"/></IvrMenu>${BYE}`)).toEqual([
      '2:64 warning FLOW_UNWIRED_EXIT',
    ]);
  });

  it('may fall to another: only that one is reported', () => {
    const timing = (exits: string) =>
      check(`<Timing id="a" ${exits}><Open days="daily" from="09:00" to="10:00"/><Holiday date="2027-01-26"/></Timing>${BYE}`);
    expect(timing('open="bye" closed="bye"')).toEqual([]);
    expect(timing('open="bye" holiday="bye"')).toEqual(['2:1 warning FLOW_UNWIRED_EXIT']);
    expect(timing('open="bye"')).toEqual(['2:1 warning FLOW_UNWIRED_EXIT']);
  });

  it('are named with what happens and how to wire them', () => {
    const text = '<Flow name="t" start="a" class="T"><Passthru id="a" url="https://x.example"/></Flow>';
    const read = readFlow(new TextEncoder().encode(text), 'flow.xml');
    if (!read.ok) throw new Error('not read');
    const [, other] = checkFlow({ root: 't', flows: new Map([['t', read.flow]]), links: new Map(), audio: new Map() });
    expect(other?.says).toBe('<Passthru> "a": the exit else leads nowhere, so the call hangs up there.');
    expect(other?.try).toBe('Add <On … next="…"/> or <Else … next="…"/> for it.');
  });

  it('are reported when they are never taken', () => {
    expect(
      check(`<Passthru id="a" url="https://x.example" next="bye"><On next="bye"/><Else next="bye"/></Passthru>${BYE}`),
    ).toEqual(['2:42 warning FLOW_UNUSED_EXIT']);
    expect(check(`<Gather id="a" next="bye" noInput="bye" invalid="bye"/>${BYE}`)).toEqual(['2:41 warning FLOW_UNUSED_EXIT']);
  });
});

describe('applets', () => {
  it('that nothing leads to are reported', () => {
    expect(check(`<Limit id="a" max="1" next="a" exceeded="a"/>${BYE}`)).toEqual(['2:46 warning FLOW_UNREACHABLE']);
  });

  it('are asked for problems of their own, placed by the settings they name', () => {
    expect(check(`<Timing id="a" open="bye" closed="bye"><Open days="mon" from="10:00" to="09:00"/></Timing>${BYE}`)).toEqual([
      '2:70 error HOURS_BACKWARDS',
    ]);
    expect(check('<Sms id="a" next="a"/>')).toEqual(['2:1 error SMS_EMPTY']);
  });
});

describe('variables', () => {
  const say = (text: string, more = '') => `<Greeting id="a" next="bye"><Say>${text}</Say></Greeting>${BYE}${more}`;

  it('are known when an applet saves them, the call has them, or --set gives them', () => {
    const gather = `<Gather id="a" save="pin" next="b" noInput="b"/><Greeting id="b" next="bye"><Say>{{pin}} {{From}} {{ digits }}</Say></Greeting>${BYE}`;
    expect(check(gather)).toEqual([]);
    expect(check(say('{{plan}}'), { variables: ['plan'] })).toEqual([]);
    const key = `<IvrMenu id="a" ${WIRED}><Say>Press 1. {{wants}}</Say><Key digit="1" set="wants=tea" next="bye"/></IvrMenu>${BYE}`;
    expect(check(key)).toEqual([]);
  });

  it('are a warning without contacts, and an error when the contacts have no such column', () => {
    expect(check(say('{{name}}'))).toEqual(['2:34 warning FLOW_UNKNOWN_VARIABLE']);
    expect(check(say('{{name}}'), { contacts: ['phone', 'name'] })).toEqual([]);
    expect(check(say('{{nmae}}'), { contacts: ['phone', 'name'] })).toEqual(['2:34 error FLOW_UNKNOWN_VARIABLE']);
  });

  it('may come with the answer of a Passthru, if there is one that waits', () => {
    const passthru = (async: string) =>
      `<Passthru id="a" url="https://x.example" ${async}><On next="b"/><Else next="b"/></Passthru><Greeting id="b" next="bye"><Say>{{passthru.balance}}</Say></Greeting>${BYE}`;
    expect(check(passthru(''))).toEqual([]);
    expect(check(passthru('async="true" next="b"')).filter((one) => one.includes('VARIABLE'))).toHaveLength(1);
    expect(check(passthru('').replace('passthru.balance', 'balance'), { contacts: ['phone'] })).toEqual([
      '2:117 warning FLOW_UNKNOWN_VARIABLE',
    ]);
  });

  it('are looked for in attributes, messages and Unanswered too', () => {
    expect(check(`<Connect id="a" to="{{agent}}" answered="bye" noAnswer="bye"/>${BYE}`)).toEqual([
      '2:17 warning FLOW_UNKNOWN_VARIABLE',
    ]);
    expect(check(`<Sms id="a" next="bye">{{link}}</Sms>${BYE}<Unanswered>{{who}}</Unanswered>`)).toEqual([
      '2:24 warning FLOW_UNKNOWN_VARIABLE',
      '2:56 warning FLOW_UNKNOWN_VARIABLE',
    ]);
  });

  it('must be closed and have a name', () => {
    expect(check(say('Hello {{name}.'))).toEqual(['2:34 error FLOW_BAD_TEMPLATE']);
    expect(check(say('Hello {{ }}.'))).toEqual(['2:34 error FLOW_BAD_TEMPLATE']);
  });

  it('of every call are those that the engine knows', () => {
    expect([...CALL_VARIABLES]).toEqual([...VARIABLES_OF_CALLS]);
  });
});

describe('keys', () => {
  const menu = (say: string, keys: string, more = '') =>
    `<IvrMenu id="a" ${WIRED}>${say}${[...keys].map((key) => `<Key digit="${key}" next="bye"/>`).join('')}</IvrMenu>${BYE}${more}`;

  it('that are spoken must lead somewhere', () => {
    expect(check(menu('<Say>Press 1 or 4.</Say>', '1'))).toEqual(['2:45 error FLOW_KEY_NOT_MAPPED']);
    expect(check(menu('<Say>4 दबाएं, 1 दबाएं</Say>', '1'))).toEqual(['2:45 error FLOW_KEY_NOT_MAPPED']);
  });

  it('that lead somewhere must be spoken, but for 0, * and #', () => {
    expect(check(menu('<Say>Press 1.</Say>', '120*#'))).toEqual(['2:106 warning FLOW_KEY_NOT_SPOKEN']);
  });

  it('may be spoken by a recording, a server, or the greeting before', () => {
    expect(check(menu('<Play>menu.wav</Play>', '12'))).toEqual([]);
    expect(check(`<IvrMenu id="a" url="https://x.example" ${WIRED}><Key digit="1" next="bye"/></IvrMenu>${BYE}`)).toEqual([]);
    const greeting = `<Greeting id="w" dtmf="forward" next="a"><Say>Press 1 to pay.</Say></Greeting>`;
    expect(check(`${greeting}${menu('', '1')}`)).toEqual([]);
  });

  it('offered where nothing takes them are a warning', () => {
    expect(check(`<Greeting id="a" next="bye"><Say>Press 9 to stop these calls.</Say></Greeting>${BYE}`)).toEqual([
      '2:29 warning FLOW_KEY_NOT_MAPPED',
    ]);
    expect(
      check(`<Greeting id="a" next="b"><Say>Press 9.</Say></Greeting><Gather id="b" next="bye" noInput="bye"/>${BYE}`),
    ).toEqual([]);
  });
});

describe('a file with mistakes', () => {
  it('is checked as far as it goes, without blaming what the mistakes hide', () => {
    const text = readFileSync(new URL('fixtures/mistakes.xml', import.meta.url));
    const result = readFlow(text, 'mistakes.xml');
    if (result.ok || !result.draft) throw new Error('a draft was expected');
    const { flow } = result.draft;
    const set = { root: 'mistakes', flows: new Map([['mistakes', flow]]), links: new Map(), audio: new Map() };
    const found = checkFlow(set, { lost: new Map([['mistakes', result.draft]]) });
    expect(found.map(({ at, code }) => `${at.line}:${at.column} ${code}`)).toEqual([
      '4:63 FLOW_BAD_TEMPLATE',
      '5:3 FLOW_UNWIRED_EXIT',
      '15:3 FLOW_UNWIRED_EXIT',
      '15:3 SMS_EMPTY',
    ]);
  });
});

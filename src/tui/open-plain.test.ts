import { describe, expect, it } from 'vitest';
import { type Opened, type OpenOptions, openOnFake } from '../../test/phone/opened.ts';
import { openPlain } from './open-plain.ts';
import type { PhoneSession } from './session.ts';

/** A menu of which one key asks a server. */
const SHOP = `<Flow name="shop" start="menu" class="service-implicit">
  <IvrMenu id="menu" timeout="5s" tries="1" noInput="bye" invalid="bye">
    <Say>Press 1 for your order, or 2 for our address.</Say>
    <Key digit="1" next="order"/> <Key digit="2" next="address"/>
  </IvrMenu>
  <Passthru id="order" url="https://shop.example/order"><On status="200" next="found"/><Else next="bye"/></Passthru>
  <Greeting id="found" next="bye"><Say>It is on its way.</Say></Greeting>
  <Greeting id="address" next="bye"><Say>We are in Pune.</Say></Greeting>
  <Hangup id="bye"/>
</Flow>`;

const DESK = `<Flow name="desk" start="agent" class="T">
  <Connect id="agent" to="+912200000006" answered="bye" noAnswer="bye"/>
  <Hangup id="bye"/>
</Flow>`;

type Plain = Opened & {
  /** Types keys, lets time pass, and gives the lines that were said meanwhile. */
  hears(keys: string, seconds?: number): Promise<readonly string[]>;
};

async function open(options: OpenOptions = {}): Promise<Plain> {
  const opened = await openOnFake({ ...options, open: openPlain });
  const hears = async (keys: string, seconds = 0) => {
    opened.since();
    await opened.type(keys);
    await opened.wait(seconds);
    return opened.bytes().split('\n').slice(0, -1);
  };
  return { ...opened, hears };
}

describe('the phone in lines', () => {
  it('says who calls, and what can be done', async () => {
    const { bytes } = await open({ stage: { variables: {} } });
    expect(bytes()).toBe(
      [
        'press9: appointment-reminder; ? lists the keys, w says where the call stands, q quits',
        'ringing: +91 98xxxxx210, called by +91 80xxxxx345; flow appointment-reminder, service-implicit; for 30 s, then no answer; press a to answer, d to decline',
        '',
      ].join('\n'),
    );
  });

  it('says where the call stands without giving away whom it dials', async () => {
    const { hears } = await open({ flow: DESK, stage: { agents: ['no-answer'] } });
    await hears('a', 1);
    const standing = (await hears('w')).join('\n');
    expect(standing).toContain('at agent: Connect, dials +91 22xxxxx006, ');
    expect(standing).not.toContain('2200000006');
  });

  it('tells the story of an opt-out, every line once and whole', async () => {
    const { hears, done, store, session } = await open();
    expect(await hears('a', 5)).toEqual([
      'answered',
      'welcome says: Hello Asha, your appointment is tomorrow at 3 PM.',
      'menu says: Press 1 to confirm, press 2 to reschedule, or press 9 to stop receiving these calls.',
    ]);
    expect(await hears('5')).toEqual(['14 words not heard', 'key 5: not offered', 'menu says: That key is not offered.']);
    expect(await hears('', 11)).toEqual([
      'menu says: Press 1 to confirm, press 2 to reschedule, or press 9 to stop receiving these calls.',
      expect.stringMatching(
        /^your turn: \d.* s; 1 confirmed, 2 reschedule, 9 optOut; silence: asks again \(3 of 3\); after the last, noInput -> bye$/,
      ),
    ]);
    expect(await hears('9', 6)).toEqual([
      'key 9',
      'opt-out (all) by key 9: is being recorded',
      'opt-out recorded',
      'removed says: You have been removed from our call list.',
      'webhook POST https://clinic.example/optouts <- 200',
      'call over: the flow hung up at bye',
      'completed, 0:19 after the answer, digits 9',
      'status callback, multipart/form-data, not posted, no --callback-url; 6 fields',
      expect.stringMatching(/^CallSid: \w+$/),
      'Status: completed',
      'RecordingUrl: empty',
      'DateUpdated: 2026-11-22 10:00:19',
      'Digits: 9',
      'From: 098xxxxx210',
      'r calls again, [ goes back in time, q quits',
    ]);
    expect(await store.facts.about(session.facts.customer)).toHaveLength(1);
    expect(await hears('r')).toEqual([
      'calling again',
      'not called',
      expect.stringMatching(/^OPTED_OUT: .*pressed 9/),
      'nothing was dialled; r tries again, q quits',
    ]);
    await hears('q');
    expect(await done).toBe(3);
  });

  it('steers no terminal: words and line ends only, whatever a name holds', async () => {
    const { hears, fake } = await open({ stage: { variables: { name: '\u001b[2J\u001b[31mAsha\u0007\r\n' } } });
    for (const keys of ['a', '\t', '\t', '\t', '\t', '\t', '?', 'w', '[', '|', 'm', '\u001b[A', '\u001b']) await hears(keys, 1);
    expect(fake.written().replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(fake.written()).toContain('Hello ␛[2J␛[31mAsha␇');
  });

  it('says where the call stands when w or Enter is pressed, also in a prompt', async () => {
    const { hears } = await open();
    await hears('a', 6);
    const standing = [
      'in progress, 0:06 after the answer',
      'at menu: IVR Menu, keys 1 2 9, waits 5s, 3 tries',
      expect.stringMatching(/^it speaks, \d+ words to come, keys: 1 confirmed, 2 reschedule, 9 optOut$/),
      expect.stringMatching(/^if nobody does anything, the call ends at 0:\d\d: the flow hung up at bye$/),
    ];
    expect(await hears('w')).toEqual(standing);
    expect(await hears('\r')).toEqual(standing);
    expect(await hears(' ')).toEqual(['time stands still, space lets it go on']);
    expect(await hears('w', 60)).toEqual(expect.arrayContaining(['in progress, 0:06 after the answer, paused, space goes on']));
    expect(await hears(' ')).toEqual(['time goes on']);
    expect(await hears('+')).toEqual(['time goes 2 times as fast']);
    expect(await hears('-')).toEqual(['time goes as fast as usual']);
  });

  it('lists the keys that are of use now, and what stands in for the screen', async () => {
    const { hears } = await open();
    const ringing = await hears('?');
    expect(ringing).toContain('a: answer the call');
    expect(ringing).toContain('w or enter: where the call stands now');
    expect(ringing.join('\n')).not.toContain('scroll');
    expect(await hears('f')).toEqual(['q quits, then run another flow with --plain']);
    expect(await hears('h')).toEqual(['h does nothing now; ? lists the keys']);
    expect(await hears('\u001b[A\u001b[5~')).toEqual([]);
  });

  it('says that nobody answered, and that the call was declined', async () => {
    const one = await open();
    expect(await one.hears('', 31)).toEqual(
      expect.arrayContaining(['call over: not answered: no-answer', 'no-answer, not answered']),
    );
    const other = await open();
    expect(await other.hears('d')).toEqual(expect.arrayContaining(['call over: not answered: busy']));
  });
});

describe('time and simulations, in lines', () => {
  it('goes back moment by moment, and presses another key there, of which nothing is written', async () => {
    const { hears, store, session } = await open();
    await hears('a', 5);
    await hears('1', 10);
    expect(await hears('[')).toEqual([expect.stringMatching(/^moment \d of \d, 0:0\d after the start$/), expect.any(String)]);
    await hears('[');
    const fork = await hears('9', 10);
    expect(fork[0]).toMatch(/^branch 2 of 2: simulation, 9 at 0:0\d: nothing is written or posted$/);
    expect(fork).toEqual(expect.arrayContaining(['key 9', 'opt-out recorded', 'call over: the flow hung up at bye']));
    expect(await store.facts.about(session.facts.customer)).toEqual([]);
    expect((await hears('b'))[0]).toBe('branch 1 of 2: the real call');
    expect(await hears('}')).toEqual(expect.arrayContaining([expect.stringMatching(/^now, 0:\d\d after the start$/)]));
  });

  it('asks what a request gets that nobody answered in the call, and asks the server only when told', async () => {
    const plain = await open({ flow: SHOP, stage: { servers: ['GET https://shop.example/* => 200 ok'] } });
    await plain.hears('a', 1);
    await plain.hears('2', 10);
    await plain.hears('[[');
    const asked = await plain.hears('1');
    expect(asked.at(-1)).toBe(
      'the simulation asks GET shop.example/order?…, which was not answered in the call: 1 is a 500, 2 a time-out, 3 refused, 4 really asks the server',
    );
    expect(plain.asked).toHaveLength(0);
    expect(await plain.hears('4', 10)).toEqual(expect.arrayContaining(['the server is asked', 'found says: It is on its way.']));
    expect(plain.asked).toHaveLength(1);
  });

  it('breaks the next web request with x and a number', async () => {
    const { hears } = await open({ flow: SHOP, stage: { servers: ['GET https://shop.example/* => 200 ok'] } });
    await hears('a', 1);
    expect(await hears('x')).toEqual([
      'what does the next web request get? 1 is a 500, 2 a time-out, 3 refused, any other key: what its server says',
    ]);
    expect(await hears('3')).toEqual(['the next web request gets a refused connection']);
    expect(await hears('1', 5)).toEqual(
      expect.arrayContaining([
        'web request: GET shop.example/order?…',
        expect.stringMatching(/^web answer: .*refused.*, after/),
        'call over: the flow hung up at bye',
      ]),
    );
  });
});

describe('what would open a window, in lines', () => {
  const withSession = (changes: Partial<PhoneSession>) => ({ session: () => changes });

  it('saves the call under a free name, and says which', async () => {
    const files: string[] = [];
    const { hears } = await open(
      withSession({
        async save(_of, _log, file, overwrite) {
          files.push(`${file} ${overwrite}`);
          return { saved: file };
        },
      }),
    );
    await hears('a', 1);
    expect(await hears('s')).toEqual(['saved as recording.yaml']);
    expect(files).toEqual(['recording.yaml false']);
  });

  it('says why the call could not be saved', async () => {
    const { hears } = await open(withSession({ save: async () => ({ exists: 'a.yaml' }) }));
    expect(await hears('s')).toEqual(['not saved: a.yaml is there already']);
  });

  it('says what is wrong with a flow that was saved, and the call goes on', async () => {
    const problem = {
      code: 'NO_SUCH',
      severity: 'error',
      at: { file: 'flow.xml', line: 3, column: 5 },
      says: 'There is no "bay".',
    };
    const { hears, saved } = await open(
      withSession({
        reread: async () => ({ type: 'broken', problems: [problem] }) as Awaited<ReturnType<PhoneSession['reread']>>,
      }),
    );
    await hears('a', 1);
    saved();
    expect((await hears('')).join('\n')).toContain('There is no "bay".');
    expect(await hears('', 10)).toContainEqual(expect.stringMatching(/^menu says/));
  });
});

describe('the terminal of the phone in lines', () => {
  it('takes keys as they are pressed, and is as it was after q, Ctrl-C, a signal and a crash', async () => {
    for (const [end, code] of [
      [(plain: Plain) => plain.fake.type('q'), 0],
      [(plain: Plain) => plain.fake.type('\u0003'), 130],
      [(plain: Plain) => plain.fake.events.emit('interrupt', 'SIGTERM'), 130],
      [(plain: Plain) => plain.fake.terminal.stdin.push(null), 130],
    ] as const) {
      const plain = await open();
      expect(plain.fake.raw()).toBe(true);
      end(plain);
      expect(await plain.done).toBe(code);
      expect(plain.fake.raw()).toBe(false);
    }
    const { fake } = await open();
    fake.events.emit('crash');
    expect(fake.raw()).toBe(false);
  });

  it('is given back for Ctrl-Z, and the phone says where it stands when it comes back', async () => {
    const { fake, hears, type, wait } = await open();
    await hears('a', 2);
    await type('\u001a');
    expect(fake.raw()).toBe(false);
    await wait(60);
    fake.events.emit('continue');
    expect(await hears('')).toEqual(expect.arrayContaining(['in progress, 0:02 after the answer']));
    expect(fake.raw()).toBe(true);
  });
});

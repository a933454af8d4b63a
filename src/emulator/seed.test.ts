import { beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../adapters/clock-virtual.ts';
import { createSystemIds } from '../adapters/ids.ts';
import { parseCallee } from '../adapters/phone-script.ts';
import { createMemoryStore, type Store } from '../adapters/store.ts';
import { e164, ms } from '../core/ids.ts';
import { parseKeys } from '../scenario/keys.ts';
import { createPeople, type People } from './people.ts';
import { BadSeed, plantSeed, type SeedParts, WORLD } from './seed.ts';

const ASHA = e164('+919876543210');
const clock = createVirtualClock(ms(Date.UTC(2026, 0, 5)));
let store: Store;
let people: People;

beforeEach(() => {
  store = createMemoryStore({ ids: createSystemIds(1), now: () => clock.now() });
  people = createPeople();
});

const parts = (more: Partial<SeedParts> = {}): SeedParts => ({
  clock,
  facts: store.facts,
  country: 'IN',
  readPhone: parseCallee as SeedParts['readPhone'],
  readKeys: (text) => {
    const read = parseKeys(text);
    return read.ok ? { ok: true, keys: { text } } : read;
  },
  exophones: [{ number: e164('+918047112345'), name: 'clinic' }],
  people,
  ...more,
});
const plant = (seed: Parameters<typeof WORLD.parse>[0], more?: Partial<SeedParts>) => plantSeed(parts(more), WORLD.parse(seed));
const mistakes = async (seed: unknown): Promise<readonly string[]> => {
  const error = await plant(seed).catch((thrown: unknown) => thrown);
  return error instanceof BadSeed ? error.mistakes.map(({ at, says }) => `${at}: ${says}`) : [`nothing: ${error}`];
};
const kinds = async () => (await store.facts.about(ASHA)).map(({ kind }) => kind);

const WHOLE = {
  people: [{ number: '98765 43210', does: 'answer:4s', keys: '1', sms: 'failed', dnd: true, circle: 'KA', operator: 'A' }],
  dnc: [9876543210],
  whitelist: ['09876543210'],
  called: ['+919876543210'],
};

describe('a seed', () => {
  it('makes people do, and facts be, as it says', async () => {
    await plant(WHOLE);
    expect(people.of(ASHA)).toEqual({
      number: ASHA,
      phone: { does: 'answer', after: 4000 },
      keys: { text: '1' },
      smsCode: 24990,
      circle: 'KA',
      operator: 'A',
    });
    expect(await kinds()).toEqual(['listing', 'opt-out', 'whitelist', 'inbound']);
  });

  it('said twice changes nothing more, but that who called has called again', async () => {
    await plant(WHOLE);
    await plant(WHOLE);
    expect(people.list()).toHaveLength(1);
    expect(await kinds()).toEqual(['listing', 'opt-out', 'whitelist', 'inbound', 'inbound']);
  });

  it('that names a number twice means it once', async () => {
    await plant({ dnc: [ASHA, '09876543210'], whitelist: [ASHA, ASHA] });
    expect(await kinds()).toEqual(['opt-out', 'whitelist']);
  });

  it('registers every number that begins so, once', async () => {
    const seed = { people: [{ number: '98765*', dnd: 'BLOCK 1,4' }] };
    await plant(seed);
    await plant(seed);
    expect(await store.facts.about(ASHA)).toMatchObject([
      { kind: 'listing', number: '+9198765*', preference: { block: 'categories', categories: [1, 4] } },
    ]);
  });

  it('takes a registration back', async () => {
    await plant({ people: [{ number: ASHA, dnd: true }] });
    await clock.advance(ms(1));
    await plant({ people: [{ number: ASHA, dnd: false }] });
    await plant({ people: [{ number: ASHA, dnd: false }] });
    expect((await store.facts.about(ASHA)).map((fact) => fact.kind === 'listing' && fact.preference.block)).toEqual([
      'full',
      'none',
    ]);
  });

  it('adds nobody to the whitelist of an account without a number', async () => {
    await plant({ whitelist: [ASHA] }, { exophones: [] });
    expect(await kinds()).toEqual([]);
  });

  it('says nothing of who is not in it', async () => {
    await plant({});
    expect(people.of(ASHA)).toEqual({});
  });
});

describe('what cannot be understood', () => {
  it('is told with its place, all of it at once, numbers masked', async () => {
    expect(
      await mistakes({
        people: [
          { number: 'Asha', does: 'dance', keys: 'x', sms: 'lost', dnd: 'BLOCK EVERYTHING' },
          { number: '98765432101' },
          { number: '*', dnd: true },
        ],
        dnc: ['1'],
        whitelist: ['', '98765 43210 98765'],
        called: ['x'],
      }),
    ).toEqual([
      expect.stringMatching(/^people\.0\.number: "Asha" is no phone number, nor the beginning of one with a \*$/),
      expect.stringMatching(/^people\.0\.does: a callee cannot "dance"/),
      expect.stringMatching(/^people\.0\.keys: "x" is no key/),
      'people.0.sms: "lost" is none of sent, failed_dnd, failed, nor a final detail code such as 23035',
      expect.stringMatching(/^people\.1\.number: "98xxxxxx101" is no phone number/),
      expect.stringMatching(/^people\.0\.dnd: "BLOCK EVERYTHING" is no command to 1909: /),
      'people.2.dnd: not everybody can be registered at once: name a number, or the beginning of one',
      expect.stringMatching(/^dnc\.0: "1" is no phone number: /),
      expect.stringMatching(/^whitelist\.0: "" is no phone number: /),
      expect.stringMatching(/^whitelist\.1: /),
      expect.stringMatching(/^called\.0: /),
    ]);
  });

  it('leaves everything as it was', async () => {
    await mistakes({ people: [{ number: ASHA, does: 'busy', dnd: true }], dnc: [ASHA, 'x'] });
    expect([people.list(), await kinds()]).toEqual([[], []]);
  });

  it.each(['queued', 21010, 99999, 'constructor', '__proto__'])('is an SMS that ends as %s', async (sms) => {
    expect(await mistakes({ people: [{ number: ASHA, sms }] })).toEqual([expect.stringContaining('people.0.sms: ')]);
  });
});

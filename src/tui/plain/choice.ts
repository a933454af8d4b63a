import type { Gives } from '../../core/gives.ts';
import { ms } from '../../core/ids.ts';
import type { PhoneStore } from '../phone-store.ts';
import type { OpenQuestion } from '../session.ts';
import { sayGives } from '../window/gives.ts';
import { shortUrl } from '../words.ts';

/** What the next key decides. */
export type Choice = {
  readonly says: string;
  /** By their keys; each says what it has done. */
  readonly ways: Readonly<Record<string, () => string>>;
  /** For every other key. Without it, that key does what it always does, and the choice stays. */
  readonly otherwise?: () => string;
};

const BROKEN: readonly Gives[] = [
  { type: 'answer', status: 500, contentType: 'text/plain', after: ms(0), body: '' },
  { type: 'timeout' },
  { type: 'refused' },
];
const WAYS = '1 is a 500, 2 a time-out, 3 refused';

const waysOf = (give: (gives: Gives) => string): Choice['ways'] =>
  Object.fromEntries(BROKEN.map((gives, i) => [`${i + 1}`, () => give(gives)]));

/** Breaks the next web request, as the key after this one says. */
export const breakNext = (phone: PhoneStore): Choice => ({
  says: `what does the next web request get? ${WAYS}, any other key: what its server says`,
  ways: waysOf((gives) => {
    phone.breakNext(gives);
    return `the next web request gets ${sayGives(gives)}`;
  }),
  otherwise: () => {
    phone.breakNext(undefined);
    return 'the next web request gets what its server says';
  },
});

/** A request of a simulation that no record answers. */
export const answerQuestion = ({ request, reply }: OpenQuestion): Choice => ({
  says: `the simulation asks ${request.method} ${shortUrl(request.url)}, which was not answered in the call: ${WAYS}, 4 really asks the server`,
  ways: {
    ...waysOf((gives) => {
      reply(gives);
      return `it gets ${sayGives(gives)}`;
    }),
    4: () => {
      reply('ask the server');
      return 'the server is asked';
    },
  },
});

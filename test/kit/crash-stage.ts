import { mkdirSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Request, type Server, serve } from './server.ts';

/** How a server of the user's treats what is posted, until it is healed. */
export type Mood = 'takes' | 'refuses' | 'silent';

/** Servers of the user's, one for each mood: one that is silent holds up no other. */
export type Listeners = { of: Record<Mood, Server>; all(): readonly Request[]; heal(): void; close(): Promise<void> };

export async function openListeners(): Promise<Listeners> {
  let healed = false;
  const answers: Record<Mood, (response: ServerResponse) => void> = {
    takes: (response) => response.end('thanks'),
    refuses: (response) => response.writeHead(503).end('not now'),
    silent: () => {},
  };
  const open = (mood: Mood) => serve((_request, response) => (healed ? answers.takes : answers[mood])(response));
  const of = { takes: await open('takes'), refuses: await open('refuses'), silent: await open('silent') };
  const servers = Object.values(of);
  return {
    of,
    all: () => servers.flatMap(({ requests }) => requests),
    heal() {
      healed = true;
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/** What somebody does whom we call, told by the beginning of their number. */
export const PEOPLE = [
  { number: '70*', does: 'answer:1s', keys: '9' },
  { number: '71*', does: 'busy' },
  { number: '72*', does: 'manual' },
  { number: '73*', does: 'answer:1s' },
  { number: '74*', does: 'answer:1s', keys: '1' },
] as const;

/** A flow that waits for a key for as long as a call may take; 9 leaves the list, of which one of the servers is told. */
const flowOf = (mood: Mood, { url }: Server): string => `<?xml version="1.0" encoding="UTF-8"?>
<Flow name="${mood}" start="menu" class="transactional">
  <IvrMenu id="menu" timeout="3h" tries="1" noInput="bye" invalid="bye">
    <Say>Press 9 to leave.</Say><Key digit="1" next="bye"/><Key digit="9" next="out"/>
  </IvrMenu>
  <OptOut id="out" url="${url}/opt-outs" next="bye" failed="bye"/>
  <Hangup id="bye"/>
</Flow>
`;

/** Flows, seed and the options of `press9 serve` for them, at a speed at which calls take little of our time. */
export function crashOptions(folder: string, { of }: Listeners): readonly string[] {
  const flows = join(folder, 'flows');
  for (const mood of Object.keys(of) as Mood[]) {
    mkdirSync(join(flows, mood), { recursive: true });
    writeFileSync(join(flows, mood, 'flow.xml'), flowOf(mood, of[mood]));
  }
  const seed = join(folder, 'seed.yaml');
  writeFileSync(seed, JSON.stringify({ people: PEOPLE }));
  const where = ['--flows', flows, '--seed', seed, '--store', join(folder, 'store.db')];
  return [...where, '--clock', 'real', '--speed', '50', '--callback-retries', '2s,2h,2h'];
}

/** A call that is asked for: the i-th, with callbacks to the server of its mood. */
export function crashCall(i: number, { of }: Listeners): URLSearchParams {
  const person = PEOPLE[i % PEOPLE.length]?.number.slice(0, 2) ?? '';
  const moods = Object.keys(of) as Mood[];
  const mood = moods[Math.floor(i / PEOPLE.length) % moods.length] ?? 'takes';
  return new URLSearchParams([
    ['From', `0${person}${String(i).padStart(8, '0')}`],
    ['CallerId', '08047112233'],
    ['Url', `http://my.exotel.com/press9/exoml/start_voice/${mood}`],
    ['TimeOut', '10000'],
    ['StatusCallback', `${of[mood].url}/callbacks?call=${i}`],
    ['StatusCallbackEvents[0]', 'answered'],
    ['StatusCallbackEvents[1]', 'terminal'],
  ]);
}

import { type E164, type Ms, ms } from '../core/ids.ts';
import { showDuration } from '../core/time.ts';
import { loadFlow } from '../flow/load.ts';
import type { FlowSet } from '../flow/model.ts';

export type Bridge = { to: E164 | string; ringFor: Ms; record: boolean };

/** The second number is a variable of the call, so that all calls that ring as long share a flow. */
export const SECOND_NUMBER = 'SecondNumber';

const FILE = 'two-numbers.xml';

const text = ({ ringFor, record }: Bridge): string => `<?xml version="1.0" encoding="UTF-8"?>
<Flow name="two-numbers" start="connect" class="service-implicit" timeLimit="4h">
  <Connect id="connect" to="{{${SECOND_NUMBER}}}" ringFor="${showDuration(ringFor)}" record="${record}" answered="end" noAnswer="end" nobody="end"/>
  <Hangup id="end"/>
</Flow>
`;

/** More ways to ring than this are not kept. */
const MOST_KEPT = 200;
export const LONGEST_RING = ms(4 * 3_600_000);

/** Flows that connect whoever answered with a second number. */
export function createBridges(): (bridge: Bridge) => Promise<FlowSet> {
  const kept = new Map<string, Promise<FlowSet>>();
  return (bridge) => {
    const key = `${bridge.ringFor} ${bridge.record}`;
    const known = kept.get(key);
    if (known) return known;
    if (kept.size >= MOST_KEPT) kept.clear();
    const made = load(text(bridge));
    kept.set(key, made);
    return made;
  };
}

/** Of a call that fails before it begins: it has no applet to speak of. */
export const nowhere = (): Promise<FlowSet> =>
  load('<Flow name="elsewhere" start="end" class="service-implicit"><Hangup id="end"/></Flow>');

async function load(xml: string): Promise<FlowSet> {
  const bytes = new TextEncoder().encode(xml);
  const loaded = await loadFlow(FILE, {
    read: async (path) => {
      if (path === FILE) return bytes;
      throw new Error('there is no such file');
    },
  });
  if (!loaded.ok) throw new Error(`a flow of ours: ${loaded.problems.map(({ says }) => says).join(' ')}`);
  return loaded.set;
}

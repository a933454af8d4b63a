import { posix } from 'node:path';
import type { Ms } from '../core/ids.ts';
import type { Place, Problem } from '../core/problem.ts';
import { placeIn } from './graph.ts';
import type { Flow, FlowNode } from './model.ts';

type Recording = { url: string; path: string; at: Place };

/**
 * Lengths of the recordings that the flows name. A recording of this machine whose length cannot be told is a warning;
 * one behind an address is not, as the server need not be up.
 */
export async function measureAudio(
  flows: readonly Flow[],
  root: string,
  audio?: (url: string) => Promise<Ms | undefined>,
): Promise<{ audio: ReadonlyMap<string, Ms>; problems: readonly Problem[] }> {
  if (!audio) return { audio: new Map(), problems: [] };
  const recordings = flows.flatMap((flow) => recordingsOf(flow, posix.dirname(root)));
  const measured = await Promise.all(recordings.map(async (one) => ({ ...one, length: await audio(one.path) })));
  const lengths = new Map<string, Ms>();
  const problems: Problem[] = [];
  for (const { url, path, at, length } of measured) {
    if (length !== undefined) lengths.set(url, length);
    else if (!isAddress(url)) {
      const says = `No recording could be read from ${path}.`;
      const advice = 'Exotel plays wav files, 8 kHz, mono, 16 bit. Names are relative to the flow file.';
      problems.push({ code: 'FLOW_AUDIO_UNKNOWN', severity: 'warning', at, says, try: advice });
    }
  }
  return { audio: lengths, problems };
}

const isAddress = (url: string): boolean => /^https?:/i.test(url);

function recordingsOf(flow: Flow, rootFolder: string): readonly Recording[] {
  return [...flow.nodes.values()].flatMap((node) =>
    playsIn(node, node.settings).flatMap(({ url, at }) => {
      if (url.includes('{{')) return [];
      const local = !isAddress(url) && !url.startsWith('/') && !url.startsWith('file:');
      const path = local ? posix.relative(rootFolder, posix.join(posix.dirname(flow.file), url)) : url;
      return [{ url, path, at }];
    }),
  );
}

function playsIn(node: FlowNode, value: unknown, path = ''): readonly { url: string; at: Place }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'play' && 'url' in value) return [{ url: String(value.url), at: placeIn(node, path) }];
  return Object.entries(value).flatMap(([name, part]) => playsIn(node, part, path === '' ? name : `${path}.${name}`));
}

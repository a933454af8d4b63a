import { sayEnd } from '../call/fold.ts';
import { heardOf } from '../call/transcript.ts';
import type { CallView, Speech } from '../call/view.ts';
import { ms } from '../core/ids.ts';
import { showClock } from '../core/time.ts';
import { everHeard, fits, textOf } from './hearing.ts';
import type { Step } from './schema.ts';

type Hear = Extract<Step, { type: 'hear' }>;

/** What did happen that comes nearest to a step that never could be done. */
export function nearest(step: Step, view: CallView): string {
  if (step.type === 'hear') return nearestSpeech(step, view);
  const path = view.visited.map(({ node }) => node).join(' > ') || 'no applet';
  if (view.answeredAt === undefined) return `nobody answered: ${view.status}`;
  if (step.type === 'at') return `the caller never came there, but went ${path}`;
  return `the call was over: the caller went ${path}${view.ended ? `; ${sayEnd(view.ended)}` : ''}`;
}

function nearestSpeech(step: Hear, view: CallView): string {
  const said = view.speeches.filter(({ leg, sounds }) => leg === 1 && textOf(sounds) !== '');
  const whole = said.find(({ sounds }) => fits(step.match, textOf(sounds)));
  if (whole && everHeard(view, step.match)) return `it was heard ${when(view, whole)}, before this step had its turn`;
  const best = whole ?? said.toSorted((a, b) => likeness(b, step) - likeness(a, step))[0];
  if (!best) return view.answeredAt === undefined ? `nobody answered: ${view.status}` : 'nothing was said';
  const { heard, unheardWords } = heardOf(best, ms(Number.MAX_SAFE_INTEGER));
  const cut = unheardWords === 0 ? `"${textOf(best.sounds)}"` : `"${heard}", cut off ${unheardWords} words before its end`;
  return `it was never heard; the nearest, ${when(view, best)}: ${cut}`;
}

const when = (view: CallView, { at, node }: Speech): string =>
  `at ${showClock(at - view.startedAt)}${node === undefined ? '' : ` in ${node}`}`;

/** How many words of what was wanted stand in a speech. */
function likeness({ sounds }: Speech, { match }: Hear): number {
  const wanted = 'contains' in match ? match.contains : 'text' in match ? match.text : 'regex' in match ? match.regex.source : '';
  const words = new Set(wordsOf(textOf(sounds)));
  return wordsOf(wanted).filter((word) => words.has(word)).length;
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

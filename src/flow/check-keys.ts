import type { Problem } from '../core/problem.ts';
import type { Prompt } from '../core/prompt.ts';
import type { Lost } from './check-options.ts';
import { appletFor, leadingTo, placeIn, predecessors } from './graph.ts';
import type { Flow, FlowNode } from './model.ts';
import { saidIn, spokenKeys } from './spoken.ts';
import { textsIn } from './variables.ts';

/** Keys that are spoken but lead nowhere, and keys that lead somewhere but are not spoken (0, * and # need not be). */
export function checkKeys(flow: Flow, { lossy }: Lost): readonly Problem[] {
  const before = predecessors(flow);
  const isTaken = takersAfter(flow, before);
  return [...flow.nodes].flatMap(([key, node]) => {
    if (lossy.has(key)) return [];
    const offers = offersOf(node);
    if (!offers) return unheard(node, isTaken);
    return [...unmapped(node, offers), ...unspoken(node, offers, before.get(node.id) ?? [])];
  });
}

type Offers = NonNullable<ReturnType<typeof offersOf>>;
const offersOf = (node: FlowNode) => appletFor(node).offers?.(node.settings);

/** The prompt of an applet that plays one to the caller. */
function promptOf(node: FlowNode): Prompt {
  const field = appletFor(node).xml.prompt;
  return field === undefined ? [] : (((node.settings as Record<string, unknown>)[field] as Prompt | undefined) ?? []);
}

const promptPlace = (node: FlowNode) => placeIn(node, `${appletFor(node).xml.prompt ?? ''}.0`);

function unmapped(node: FlowNode, { prompt, keys, anyKey }: Offers): readonly Problem[] {
  if (anyKey) return [];
  const spoken = [...spokenKeys(saidIn(prompt).text).certain];
  return spoken.flatMap((digit): Problem[] => {
    if (keys.some((key) => key.digit === digit)) return [];
    const says = `The prompt of "${node.id}" offers key ${digit}, but it leads nowhere.`;
    const advice = `Add <Key digit="${digit}" next="…"/>, or take it out of the prompt.`;
    return [{ code: 'FLOW_KEY_NOT_MAPPED', severity: 'error', at: promptPlace(node), says, try: advice }];
  });
}

/** What is spoken may stand in any prompt of the applet, or in the one heard just before. Recordings may say anything. */
function unspoken(node: FlowNode, { keys }: Offers, before: readonly FlowNode[]): readonly Problem[] {
  const prompts = [promptOf(node), ...before.map(promptOf)].map(saidIn);
  const asksServer = [node, ...before].some(
    (one) => 'url' in one.settings && one.settings.url !== undefined && 'prompt' in one.settings,
  );
  if (asksServer || prompts.some(({ blind }) => blind)) return [];
  const own = textsIn(node.settings).flatMap(({ path, text }) => (/\.text$/.test(path) ? [text] : []));
  const { likely } = spokenKeys([...own, ...prompts.map(({ text }) => text)].join(' \n '));
  return keys.flatMap(({ digit, exit }): Problem[] => {
    if ('0*#'.includes(digit) || [...likely].some((key) => key === digit)) return [];
    const says = `Key ${digit} of "${node.id}" leads somewhere, but no prompt tells the caller.`;
    const at = placeIn(node, `exit:${exit}`);
    return [{ code: 'FLOW_KEY_NOT_SPOKEN', severity: 'warning', at, says, try: `Say what key ${digit} does.` }];
  });
}

/** Keys offered by an applet that takes none itself: something after it should take them, in this flow or in another. */
function unheard(node: FlowNode, isTaken: (digit: string, node: FlowNode) => boolean): readonly Problem[] {
  if (appletFor(node).takesKeys) return [];
  return [...spokenKeys(saidIn(promptOf(node)).text).certain].flatMap((digit): Problem[] => {
    if (isTaken(digit, node)) return [];
    const says = `"${node.id}" offers key ${digit}, but nothing after it takes that key.`;
    const advice = 'Put the text into an <IvrMenu> with that key, or take it out.';
    return [{ code: 'FLOW_KEY_NOT_MAPPED', severity: 'warning', at: promptPlace(node), says, try: advice }];
  });
}

const takes = (node: FlowNode, digit: string): boolean => {
  const offers = offersOf(node);
  return offers ? offers.anyKey || offers.keys.some((key) => key.digit === digit) : appletFor(node).takesKeys;
};

/** Does some way lead from an applet to one that takes the key? Each key's ways are looked up once. */
function takersAfter(flow: Flow, before: ReadonlyMap<string, readonly FlowNode[]>) {
  const known = new Map<string, ReadonlySet<FlowNode>>();
  return (digit: string, node: FlowNode): boolean => {
    const found = known.get(digit) ?? leadingTo(flow, before, (one) => takes(one, digit) || appletFor(one).flows !== undefined);
    known.set(digit, found);
    return found.has(node);
  };
}

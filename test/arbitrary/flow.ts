import fc from 'fast-check';
import { type AnyApplet, type AppletKind, appletOf, applets } from '../../src/applets/index.ts';
import type { ChildSpelling } from '../../src/core/applet.ts';
import type { CallClass } from '../../src/core/event.ts';
import { ms, nodeId } from '../../src/core/ids.ts';
import { attributesOf } from '../../src/flow/elements.ts';
import type { Flow, FlowNode, Target } from '../../src/flow/model.ts';
import { arbitraryAttributes, arbitraryText } from './attributes.ts';
import { arbitraryPrompt } from './prompt.ts';

export type FlowChoices = {
  /** Which applets may appear; all of them unless told. */
  kinds?: readonly AppletKind[];
  /** May applets ask a server for what they are (`url` on a Greeting and the like)? */
  dynamic?: boolean;
  /** May exits lead to `return`? */
  returns?: boolean;
  /** Most applets in a flow. */
  most?: number;
};

/** Applets that need nobody but the caller and a web server: what the tests of the engine run. */
export const RUNNABLE: readonly AppletKind[] = [
  'menu',
  'gather',
  'greeting',
  'limit',
  'sms',
  'passthru',
  'timing',
  'switchcase',
  'hangup',
];

const ALL = Object.keys(applets) as readonly AppletKind[];
const CLASSES: readonly CallClass[] = ['P', 'SE', 'SI', 'T', 'G'];
const here = { file: 'random.xml', line: 1, column: 1 };

/** Random flows that are valid: every setting as its schema allows, every exit wired at random or left unwired. */
export function arbitraryFlow({ kinds = ALL, dynamic = true, returns = true, most = 6 }: FlowChoices = {}): fc.Arbitrary<Flow> {
  return fc.integer({ min: 1, max: most }).chain((size) => {
    const ids = Array.from({ length: size }, (_, i) => nodeId(`n${i}`));
    const target: fc.Arbitrary<Target> = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom<Target>(...ids) },
      { weight: returns ? 1 : 0, arbitrary: fc.constantFrom<Target>('return', 'return:done') },
    );
    const nodes = fc.tuple(...ids.map((id) => arbitraryNode(id, kinds, dynamic, target)));
    const head = fc.record(
      {
        name: arbitraryText,
        class: fc.constantFrom(...CLASSES),
        language: fc.constantFrom('en-IN', 'hi-IN', 'ta'),
        timeLimit: fc.constantFrom(ms(60_000), ms(14_400_000)),
        unanswered: fc.record({
          on: fc.constantFrom(['busy'] as const, ['busy', 'no-answer', 'failed'] as const),
          sms: arbitraryText,
          at: fc.constant(here),
        }),
      },
      { requiredKeys: ['name', 'class', 'language', 'timeLimit'] },
    );
    return fc.tuple(head, nodes, fc.constantFrom(...ids)).map(
      ([about, list, start]): Flow => ({
        ...about,
        file: here.file,
        start,
        nodes: new Map(list.map((node) => [node.id, node])),
        at: here,
      }),
    );
  });
}

function arbitraryNode(
  id: string,
  kinds: readonly AppletKind[],
  dynamic: boolean,
  target: fc.Arbitrary<Target>,
): fc.Arbitrary<FlowNode> {
  return fc.constantFrom(...kinds).chain((kind) => {
    const applet = appletOf(kind);
    return arbitrarySettings(applet, dynamic).chain((settings) => {
      const exits = spellableExits(applet, settings as Record<string, unknown>);
      const wires = fc.tuple(...exits.map(() => fc.option(target, { freq: 6, nil: undefined })));
      const goal = fc.option(arbitraryText, { freq: 4, nil: undefined });
      return fc.tuple(wires, goal).map(([targets, reached]) => {
        const wired = exits.flatMap((exit, i) => (targets[i] === undefined ? [] : [[exit, targets[i]] as const]));
        const node = { kind, id: nodeId(id), settings, wires: Object.fromEntries(wired), at: here, places: {} };
        return (reached === undefined ? node : { ...node, goal: reached }) as FlowNode;
      });
    });
  });
}

/** Exits it has and that a file can wire: those written as attributes, and those of children that are there. */
function spellableExits({ xml, exits }: AnyApplet, settings: Record<string, unknown>): readonly string[] {
  const ofChildren = Object.values(xml.children ?? {}).flatMap(({ field, exit }) =>
    exit && settings[field] !== undefined ? [settings[field]].flat().map((child) => exit(child as Record<string, unknown>)) : [],
  );
  const taken = new Set(exits(settings).map(({ name }) => name));
  return [...new Set([...Object.keys(xml.exits), ...ofChildren])].filter((name) => taken.has(name));
}

/** Settings that the applet's own lint has nothing against. */
function arbitrarySettings(applet: AnyApplet, dynamic: boolean): fc.Arbitrary<unknown> {
  const { xml } = applet;
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, child] of Object.entries(xml.children ?? {})) fields[child.field] = arbitraryChildren(name, child);
  if (xml.prompt) fields[xml.prompt] = arbitraryPrompt;
  if (xml.text) fields[xml.text] = arbitraryText;
  const specs = attributesOf(applet.settings).filter(
    ({ name, required }) => required || dynamic || (name !== 'url' && name !== 'fallbackUrl'),
  );
  return fc
    .tuple(arbitraryAttributes(specs), fc.record(fields))
    .map(([attributes, inside]) => mend(applet, { ...attributes, ...inside }))
    .filter((settings) => settings !== undefined);
}

/** Drops the children that lint objects to; undefined when it objects to the whole. */
function mend(applet: AnyApplet, raw: Record<string, unknown>): unknown {
  for (let tries = 0; tries < 20; tries++) {
    const settings = applet.settings.parse(raw);
    const wrong = applet.lint?.(settings).find(({ severity }) => severity === 'error');
    if (!wrong) return settings;
    const [field = '', index] = wrong.path.split('.');
    const list = raw[field];
    if (!Array.isArray(list)) return undefined;
    raw = { ...raw, [field]: list.filter((_, i) => i !== Number(index)) };
  }
  return undefined;
}

function arbitraryChildren(name: string, { many, schema, holds, promptField }: ChildSpelling): fc.Arbitrary<unknown> {
  const attributes = name === 'Case' ? arbitraryCase : arbitraryAttributes(attributesOf(schema));
  const one = fc
    .tuple(attributes, arbitraryPrompt)
    .map(([own, prompt]): unknown => (holds === 'nothing' ? own : promptField ? { ...own, [promptField]: prompt } : prompt));
  if (many) return fc.array(one, { maxLength: 4 });
  return holds === 'prompt' && !promptField ? one : fc.option(one, { nil: undefined });
}

/** Exactly one of value, range and pattern, as SwitchCase wants it. */
const arbitraryCase: fc.Arbitrary<Record<string, string>> = fc.oneof(
  arbitraryText.map((value) => ({ value })),
  fc.tuple(fc.nat(50), fc.nat(50)).map(([from, more]) => ({ from: String(from), to: String(from + more) })),
  fc.constantFrom('go*', '*ld', 'a*b').map((like) => ({ like })),
);

/** For tests that compare: the flow without places, which differ between a flow and its copy. */
export function withoutPlaces(flow: Flow): unknown {
  const nodes = [...flow.nodes.values()].map(({ at: _, places: __, ...node }) => node);
  const { at: _, file: __, unanswered, ...rest } = flow;
  return { ...rest, nodes, ...(unanswered && { unanswered: { on: unanswered.on, sms: unanswered.sms } }) };
}

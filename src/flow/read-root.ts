import { allApplets } from '../applets/index.ts';
import { type NodeId, nodeId } from '../core/ids.ts';
import { suggest } from '../core/suggest.ts';
import { attributesOf, flowAttributes } from './elements.ts';
import { quote } from './fault.ts';
import type { Flow, FlowNode } from './model.ts';
import { type ReadApplet, readApplet } from './read-applet.ts';
import { type Reading, readAttributes, refuseChild, refuseText } from './read-attributes.ts';
import { readUnanswered } from './read-unanswered.ts';
import type { XmlElement } from './xml.ts';

/**
 * What could be made of a file with mistakes, so that checks can find the others at once. Nothing may run it.
 * `lossy` applets lost something; `entrances` are ids that the lost parts may lead to.
 */
export type Draft = { flow: Flow; lossy: ReadonlySet<NodeId>; entrances: readonly NodeId[] };

const APPLETS = new Map(allApplets.map((applet) => [applet.element, applet]));
const RESERVED = /^return$/i;
const ID = /^[A-Za-z_][\w.-]{0,63}$/;
const RETURN = /^return(?::[A-Za-z_]\w{0,63})?$/;
/** What editors put on a root element to find its schema. */
const FOR_EDITORS = /^(?:xmlns:xsi|xsi:noNamespaceSchemaLocation)$/;

type Ids = Map<string, { offset: number }>;

/** Everything that stands in a Flow element; undefined when the root is something else. */
export function readRoot(reading: Reading, root: XmlElement): Draft | undefined {
  if (root.name !== 'Flow') {
    const says = `The file begins with <${quote(root.name).slice(1, -1)}>, not with <Flow>.`;
    reading.report.add('FLOW_ROOT', root.at, says, 'Write <Flow name="…" start="…" class="service-implicit">.');
    return undefined;
  }
  const own = { ...root, attributes: root.attributes.filter(({ name }) => !FOR_EDITORS.test(name)) };
  const { values, offsets } = readAttributes(reading, own, attributesOf(flowAttributes));
  refuseText(reading, root, 'Put it into an applet, or write it as a comment: <!-- … -->.');
  const unanswered = readUnanswered(
    reading,
    root.children.filter(({ name }) => name === 'Unanswered'),
  );
  const { ids, nodes, lossy, entrances } = readApplets(reading, root);
  const start = values['start'] as string | undefined;
  if (start !== undefined) reading.targets.push({ target: start, offset: offsets['start'] ?? root.at });
  checkTargets(reading, ids, start);
  const flow: Flow = {
    ...(values as Pick<Flow, 'name' | 'class' | 'language' | 'timeLimit'>),
    start: nodeId(start ?? ''),
    file: reading.placeOf(0).file,
    ...(unanswered && { unanswered }),
    nodes,
    at: reading.placeOf(root.at),
  };
  if (start === undefined || !ids.has(start)) entrances.push(...nodes.keys());
  return { flow, lossy, entrances: entrances.map(nodeId) };
}

function readApplets(reading: Reading, root: XmlElement) {
  const ids: Ids = new Map();
  const nodes = new Map<NodeId, FlowNode>();
  const lossy = new Set<NodeId>();
  const entrances: string[] = [];
  for (const element of root.children) {
    if (element.name === 'Unanswered') continue;
    const applet = APPLETS.get(element.name);
    if (!applet) {
      refuseChild(reading, element, 'Flow', [...APPLETS.keys(), 'Unanswered']);
      noteStranger(element, ids, entrances);
      continue;
    }
    const read = readApplet(reading, element, applet);
    const key = noteId(reading, ids, element, read);
    if (read.node) nodes.set(key, read.node);
    if (!read.lossy && read.id?.text === key) continue;
    lossy.add(key);
    entrances.push(key, ...read.leads);
  }
  return { ids, nodes, lossy, entrances };
}

/** The key of an applet in the flow: its id, or one that no exit can name when the id is missing or taken. */
function noteId({ report, placeOf }: Reading, ids: Ids, element: XmlElement, { id }: ReadApplet): NodeId {
  if (!id) return nodeId(`#${element.at}`);
  const { text, offset } = id;
  if (RESERVED.test(text)) {
    report.add('FLOW_BAD_ID', offset, `The id ${quote(text)} is reserved: it goes back to a Subflow.`, 'Choose another.');
  } else if (!ID.test(text)) {
    const advice = 'Use letters, digits, _ . and -, at most 64, beginning with a letter or _.';
    report.add('FLOW_BAD_ID', offset, `${quote(text)} cannot be an id.`, advice);
  }
  const first = ids.get(text);
  if (first) {
    const says = `The id ${quote(text)} is taken: line ${placeOf(first.offset).line} has it.`;
    report.add('FLOW_DUPLICATE_ID', offset, says, 'Give each applet an id of its own.');
    return nodeId(`${text}#${element.at}`);
  }
  ids.set(text, { offset });
  return nodeId(text);
}

/** An unknown element may be a misspelt applet: its id counts as known, and what it names as led to. */
function noteStranger(element: XmlElement, ids: Ids, entrances: string[]): void {
  for (const { name, value, at } of element.attributes) {
    if (name === 'id' && !ids.has(value.trim())) ids.set(value.trim(), { offset: at });
    else entrances.push(value.trim());
  }
  for (const { attributes } of element.children) entrances.push(...attributes.map(({ value }) => value.trim()));
}

function checkTargets({ report, targets }: Reading, ids: Ids, start: string | undefined): void {
  const known = [...ids.keys()];
  for (const { target, offset } of targets) {
    if (ids.has(target)) continue;
    if (target !== start && RETURN.test(target)) continue;
    report.add('FLOW_UNKNOWN_TARGET', offset, `No applet has the id ${quote(target)}.`, () => nearId(target, known));
  }
}

function nearId(target: string, ids: readonly string[]): string {
  const near = suggest(target, ids.slice(0, 1000));
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (ids.length === 0) return 'This flow has no applets yet.';
  return `The ids here are ${ids.slice(0, 12).join(', ')}${ids.length > 12 ? ` and ${ids.length - 12} more` : ''}.`;
}

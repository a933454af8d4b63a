import * as z from 'zod';
import { scenarioFile } from '../src/scenario/schema.ts';

type Node = {
  properties?: Record<string, Node>;
  items?: Node;
  anyOf?: Node[];
  description?: string;
  const?: unknown;
  required?: string[];
  [other: string]: unknown;
};

/** What an editor tells of each key, by its path; steps and items of lists by what stands in them. */
const ABOUT: Readonly<Record<string, string>> = {
  flow: "The flow's file, from the scenario's folder. Without it: ../flow.xml in a folder named scenarios, else flow.xml.",
  about: 'A sentence for whoever reads the report.',
  call: 'What is known of the call before it begins.',
  'call.to': 'Who is called, such as "9876543210". A number that nobody has unless told.',
  'call.from': 'The business number shown to the customer; with inbound, who calls.',
  'call.exophone': 'The business number, whoever calls.',
  'call.inbound': 'The customer calls.',
  'call.contact': 'The columns of a contact row, or FILE.csv#ROW from the scenario’s folder. Fills {{variables}}.',
  'call.set': 'Variables, by name.',
  'call.customField': 'CustomField of the call.',
  'call.campaign': 'The campaign the call belongs to.',
  'call.at': 'When the call starts, such as 2026-11-22T10:00: Indian time unless it names a zone. A Monday morning unless told.',
  'call.timeLimit': 'End the call after this long, such as 90s.',
  'call.ringFor': "How long the customer's phone rings; 30s unless told.",
  world: 'What the people, the servers and the store do.',
  'world.callee': 'The customer’s phone: answer (after 3s), answer:4s, hangup:12s (after the answer), busy, no-answer, failed.',
  'world.agents':
    'One for each agent dialled, the last for all that follow: answer:20s (talks so long), busy, no-answer, failed.',
  'world.http': 'What web servers answer. The first rule that fits and is not used up; a request that none fits is a failure.',
  'world.http.url': 'The address; * stands for anything. Compared without the query unless it has a ?.',
  'world.http.method': 'GET answers HEAD too, without a body; * is any.',
  'world.http.status': 'HTTP status.',
  'world.http.body': 'The body, as it is.',
  'world.http.json': 'The body, as JSON.',
  'world.http.type': 'The Content-Type; application/json for a JSON object or list unless told, else text/plain.',
  'world.http.headers': 'Headers; only Content-Type means something.',
  'world.http.after': 'The answer comes so much later; at or past the time-out of the request it is a time-out.',
  'world.http.fail': 'No answer at all.',
  'world.http.times': 'How many requests it answers: always, once, or a number.',
  'world.http.in order': 'One answer after the other; the last one stays.',
  'world.dnc': 'Numbers that are on the do-not-call list before the call.',
  'world.rules': 'Which rules count for the call and its SMS, as in earnest; without this the do-not-call list alone.',
  'world.dnd': 'What the customer registered in the preference register two days before: "FULLY BLOCK", "BLOCK 1,4".',
  'world.consent': 'Leave that the customer gave the day before, for any purpose.',
  'world.called us': 'When the customer called us, such as 2026-01-02T10:00; it whitelists.',
  'world.store': 'failing: the store cannot record an opt-out.',
  steps: 'What the caller does and notices, in this order; each is done as soon as the call lets it.',
  'steps.hear': 'Waits until the caller has really heard this.',
  'steps.press': 'Presses keys, such as "9" or "4711#", once a prompt that asks for some is over; "!9" at once, into it.',
  'steps.keep pressing':
    'Presses these keys one after the other, over and over, whenever a key is asked for, to the end of the call.',
  'steps.wait': 'Lets time pass, such as 2s.',
  'steps.at': 'Waits until the call comes to this applet.',
  'steps.quiet until': 'Does nothing until so long after the answer (20s), until an applet is reached, or until the end.',
  expect: 'What must hold when the call is over. What is not named may be anything.',
  'expect.status': 'How the call ended, in Exotel’s words; refused when it was not made.',
  'expect.ended at': 'The last applet.',
  'expect.ended by': 'Who or what ended it.',
  'expect.duration': 'From the answer to the end: 12s, 10s..20s, 10s.. or ..20s.',
  'expect.digits': 'The last accepted input; null for none.',
  'expect.saved': 'Variables and their values; null for one that is not saved.',
  'expect.goals': 'Goals that were reached.',
  'expect.heard': 'What the caller really heard.',
  'expect.never heard': 'What the caller did not hear.',
  'expect.sms': 'Texts that were sent; an empty list for none.',
  'expect.requests': 'Web requests that were made.',
  'expect.webhooks': 'Opt-out webhooks that were posted.',
  'expect.callbacks': 'Status callbacks, by their fields.',
  'expect.dnc': 'Opt-outs in the store; an empty list for none.',
  'expect.visited': 'Applets the call came to.',
  'expect.never': 'Applets the call did not come to.',
  each: 'Rows of values: the scenario runs once for each, with {{name}} filled in everywhere.',
};

/** The paths whose keys have something to tell: those of small tables tell it in the key above them. */
const isTold = (path: string): boolean =>
  !/^expect\.[^.]+\.|^each\.|\.in order\.|\.heard\.|\.hear\.|^call\.(set|contact)\./.test(path);

/** With `each`, a word from a list may stand in a column of the row: `status: "{{how}}"`. */
function allowColumns(node: Node): void {
  const { type, enum: words, ...rest } = node;
  if (!Array.isArray(words) || type !== 'string') return;
  delete node['type'];
  delete node['enum'];
  Object.assign(node, rest, {
    anyOf: [
      { type, enum: words },
      { type, pattern: '\\{\\{' },
    ],
  });
}

function describe(node: Node, path: string, missing: string[]): void {
  for (const one of [node.items, ...(node.anyOf ?? [])]) if (one) describe(one, path, missing);
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    const name = path === '' ? key : `${path}.${key}`;
    const about = ABOUT[name];
    if (about !== undefined) child.description = about;
    else if (isTold(name)) missing.push(name);
    describe(child, name, missing);
  }
  allowColumns(node);
}

/** The JSON Schema of scenario files, for editors. @throws Error naming keys that nobody has described. */
export function scenarioSchema(): string {
  const schema = z.toJSONSchema(scenarioFile, { io: 'input', target: 'draft-7' }) as Node;
  const missing: string[] = [];
  describe(schema, '', missing);
  if (missing.length > 0) throw new Error(`scripts/scenario-schema.ts does not describe ${missing.join(', ')}`);
  const { $schema, ...rest } = schema;
  const titled = { $schema, title: 'press9 scenario', description: 'A scripted caller: press9 test runs it.', ...rest };
  return `${JSON.stringify(titled, null, 2)}\n`;
}

import { type AnyApplet, allApplets } from '../src/applets/index.ts';
import type { ChildSpelling } from '../src/core/applet.ts';
import { CODES } from '../src/flow/codes.ts';
import {
  type AttributeSpec,
  appletAttributes,
  attributesOf,
  flowAttributes,
  promptAttributes,
  unansweredAttributes,
} from '../src/flow/elements.ts';
import { CALL_VARIABLES } from '../src/flow/variables.ts';
import { exampleOf, WHOLE } from './language-examples.ts';
import { portabilityLines } from './language-portability.ts';

const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
const code = (text: string): string => `\`${text}\``;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
const xml = (text: string): string => `\`\`\`xml\n${text}\n\`\`\``;

/** Limits stand in what the attribute says when it refuses a value. */
function typeOf({ mark, schema }: AttributeSpec): string {
  if (mark.values) return mark.values.map(code).join(', ');
  const refusal = schema.safeParse('\0').error?.issues[0]?.message ?? '';
  const range = /from (\w+) to (\w+)/.exec(refusal);
  return range && (mark.xml === 'Count' || mark.xml === 'Duration') ? `${mark.xml}, ${range[1]} to ${range[2]}` : mark.xml;
}

function presetOf({ mark, required }: AttributeSpec): string {
  if (required) return 'required';
  return mark.default === undefined ? '' : mark.default === '' ? 'empty' : code(mark.default);
}

const attributeTable = (specs: readonly AttributeSpec[]): string =>
  table(
    ['Attribute', 'Type', 'Default', 'Meaning'],
    specs.map((spec) => [code(spec.name), typeOf(spec), presetOf(spec), spec.mark.doc]),
  );

const TYPES: readonly (readonly [string, string])[] = [
  ['Text', 'Any text that is not empty. Spaces at its ends do not count.'],
  ['Duration', '`500ms`, `5s`, `1.5s`, `2m`, `4h`.'],
  ['Count', 'A whole number.'],
  ['Number', 'A number, such as `5` or `-2.5`.'],
  ['Url', 'An address that begins with `http://` or `https://`, or with a variable: `{{server}}/balance`.'],
  ['Variable', 'A name: letters, digits and `_`, not beginning with a digit.'],
  ['Assignment', '`variable=value`.'],
  ['Digit', 'One key: `0` to `9`, `*` or `#`.'],
  ['FinishKey', 'One key, or empty for none.'],
  ['Accept', 'A range `1-24`, a list `0,5`, both `1-3,9`, or a pattern over the whole input: `/[1-9][0-9]{5}/`.'],
  ['Days', '`mon-fri`, `sat,sun`, `daily`.'],
  ['TimeOfDay', '`09:00`, in the zone of the Timing; `24:00` is the end of the day.'],
  ['Date', '`2027-01-26`.'],
  ['Language', 'A language tag: `en-IN`, `hi-IN`, `ta`.'],
  ['Outcomes', 'Some of `busy`, `no-answer` and `failed`, with spaces between.'],
  ['Id', 'Letters, digits, `_`, `.` and `-`, at most 64, beginning with a letter or `_`. `return` is reserved.'],
];

function appletSection(applet: AnyApplet): string {
  const { element, title, doc, settings, xml: spelling } = applet;
  const own = attributesOf(settings);
  const exits = Object.entries(spelling.exits);
  const children = Object.entries(spelling.children ?? {});
  return [
    `### ${element}`,
    `${doc}${title === element ? '' : ` Exotel's name for it: ${title}.`}`,
    own.length > 0 ? attributeTable(own) : 'It has no attributes of its own.',
    ...(exits.length > 0
      ? [
          `Exits, written as attributes:\n\n${table(
            ['Exit', 'When'],
            exits.map(([name, when]) => [code(name), when]),
          )}`,
        ]
      : []),
    ...(exits.length === 0 && !children.some(([, child]) => child.exit) ? ['It has no exits.'] : []),
    ...(spelling.prompt ? ['Inside stands a [prompt](#prompts).'] : []),
    ...(spelling.text ? ['Its text stands between the tags; the indentation of the file does not count.'] : []),
    ...children.map(([name, child]) => childSection(name, child)),
    xml(exampleOf(applet)),
    `On Exotel:\n\n${portabilityLines(applet).join('\n')}`,
  ].join('\n\n');
}

function childSection(name: string, { doc, many, schema, holds, exit }: ChildSpelling): string {
  const specs = attributesOf(schema);
  const next = exit ? [[code('next'), 'Id', '', 'Where it leads.']] : [];
  const rows = [...specs.map((spec) => [code(spec.name), typeOf(spec), presetOf(spec), spec.mark.doc]), ...next];
  const inside = holds === 'prompt' ? ' A [prompt](#prompts) stands inside.' : '';
  const about = `Child \`<${name}>\`, ${many ? 'any number' : 'at most one'}: ${doc}${inside}`;
  return rows.length > 0 ? `${about}\n\n${table(['Attribute', 'Type', 'Default', 'Meaning'], rows)}` : about;
}

const VERBS: Readonly<Record<keyof typeof promptAttributes, string>> = {
  Say: 'Speaks the text between its tags. Line ends and runs of spaces count as one space.',
  Play: 'Plays the recording whose address or file name stands between its tags: wav, 8 kHz, mono, 16 bit.',
  Pause: 'Stays silent.',
  In: 'Groups Say, Play and Pause that are heard only in one language. Of groups side by side the one that fits the language of the call best is heard, the first when none fits. Groups do not nest. The variable `language`, once an applet sets it, is the language of the call.',
};

const promptSection = (): string =>
  Object.entries(promptAttributes)
    .map(
      ([verb, schema]) =>
        `### ${verb}\n\n${VERBS[verb as keyof typeof promptAttributes]}\n\n${attributeTable(attributesOf(schema))}`,
    )
    .join('\n\n');

/** The text of docs/language.md. */
export function languagePage(): string {
  return `<!-- Written by scripts/generate.ts from the applets. Do not edit: change the applet, then npm run generate. -->

# The flow language

A flow is one XML file. Each applet is an element with an \`id\`; its exits name the ids of the applets that follow. Exits
with fixed names are attributes, exits that depend on data are child elements with \`next\`. An exit that is not wired hangs
up, and \`press9 check\` says so. Unknown elements and attributes are problems.

${xml(WHOLE)}

Files are UTF-8 or UTF-16, at most 2 MB, nested at most 64 deep. DOCTYPE is refused; of entities only the five predefined
and the numeric ones are known. For completion and checks in an editor, put
\`xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="…/schema/press9.xsd"\` on Flow.

## Flow

The outermost element. Inside stand applets, and at most one Unanswered.

${attributeTable(attributesOf(flowAttributes))}

\`class\` is promotional (P), service-explicit (SE), service-implicit (SI), transactional (T) or government (G).

### Unanswered

An SMS to the customer when the call was not answered. The text stands between the tags or in \`sms\`.

${attributeTable(attributesOf(unansweredAttributes))}

## Attributes of every applet

${attributeTable(attributesOf(appletAttributes))}

An exit leads to an id in the same file, or to \`return\` or \`return:NAME\`, which go back to the Subflow that runs this flow.

## Applets

${[...allApplets]
  .sort((a, b) => (a.element < b.element ? -1 : 1))
  .map(appletSection)
  .join('\n\n')}

## Prompts

Any number of these, in the order they are heard.

${promptSection()}

## Variables

\`{{name}}\` in a text or an attribute is filled in during the call: from variables that applets saved (\`save\`, \`set\`, or
\`--set\`), then from the last Passthru answer (\`{{passthru.body}}\`, \`{{passthru.status}}\`, and the fields of a JSON answer as
\`{{passthru.field}}\` or \`{{field}}\`), then from the call (${CALL_VARIABLES.map(code).join(', ')}), then from the row of the
contact. Inside addresses the value is URL-encoded, unless the address begins with it. What has no value becomes nothing, and the log says so.

\`press9 check\` takes the columns of a \`contacts.csv\` beside the flow for known.

## Types

${table(['Type', 'How it is written'], TYPES)}

## Problems

Codes of what reading and checking a flow can find. Codes without FLOW_ come from a single applet; their messages say all.

${table(
  ['Code', 'Meaning'],
  Object.entries(CODES).map(([name, meaning]) => [code(name), meaning]),
)}
`;
}

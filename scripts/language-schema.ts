import { type AnyApplet, allApplets } from '../src/applets/index.ts';
import type { ChildSpelling } from '../src/core/applet.ts';
import {
  type AttributeSpec,
  appletAttributes,
  attributesOf,
  flowAttributes,
  promptAttributes,
  unansweredAttributes,
  VERBS,
} from '../src/flow/elements.ts';

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&quot;'));
const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
const about = (doc: string): string => `<xs:annotation><xs:documentation>${escapeXml(doc)}</xs:documentation></xs:annotation>`;
const inside = (tag: string, attributes: string, parts: readonly string[]): string =>
  [`<${tag}${attributes}>`, ...parts.map(indent), `</${tag}>`].join('\n');

/** Simple types by name; types that only press9 can judge are plain text here. */
const PATTERNS: Readonly<Record<string, string>> = {
  Assignment: '\\s*[A-Za-z_][A-Za-z0-9_]*=[\\s\\S]*',
  Count: '\\s*[0-9]{1,6}\\s*',
  Date: '\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\\s*',
  Digit: '\\s*[0-9*#]\\s*',
  Duration: '\\s*[0-9]+(\\.[0-9]+)?(ms|s|m|h)\\s*',
  FinishKey: '\\s*[0-9*#]?\\s*',
  Id: '\\s*[A-Za-z_][A-Za-z0-9_.\\-]{0,63}\\s*',
  Language: '\\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\\s*',
  Number: '\\s*-?[0-9]{1,15}(\\.[0-9]{1,6})?\\s*',
  Target: '\\s*([A-Za-z_][A-Za-z0-9_.\\-]{0,63}|return:[A-Za-z_][A-Za-z0-9_]{0,63})\\s*',
  Text: '[\\s\\S]*\\S[\\s\\S]*',
  TimeOfDay: '\\s*[0-2]?[0-9]:[0-5][0-9]\\s*',
  Url: '\\s*([Hh][Tt][Tt][Pp][Ss]?://\\S+|\\{\\{.*)\\s*',
  Variable: '\\s*[A-Za-z_][A-Za-z0-9_]{0,63}\\s*',
};

const simpleTypes = (): readonly string[] =>
  Object.entries(PATTERNS).map(
    ([name, pattern]) =>
      `<xs:simpleType name="${name}"><xs:restriction base="xs:string"><xs:pattern value="${escapeXml(pattern)}"/></xs:restriction></xs:simpleType>`,
  );

function attribute({ name, mark, required }: AttributeSpec): string {
  const use = required ? ' use="required"' : '';
  const values = mark.values?.map((value) => `<xs:enumeration value="${escapeXml(value)}"/>`);
  if (mark.xml === 'Flag') values?.push('<xs:enumeration value="1"/>', '<xs:enumeration value="0"/>');
  const type = values ? '' : ` type="${Object.hasOwn(PATTERNS, mark.xml) ? mark.xml : 'xs:string'}"`;
  const preset = mark.default === undefined ? '' : ` Default: ${mark.default === '' ? 'empty' : mark.default}.`;
  const choice = values && [inside('xs:simpleType', '', [inside('xs:restriction', ' base="xs:token"', values)])];
  return inside('xs:attribute', ` name="${name}"${type}${use}`, [about(`${mark.doc}${preset}`), ...(choice ?? [])]);
}

const exit = (name: string, doc: string): string => inside('xs:attribute', ` name="${name}" type="Target"`, [about(doc)]);
const any = (elements: readonly string[]): string => inside('xs:choice', ' minOccurs="0" maxOccurs="unbounded"', elements);
const verbs = (names: readonly string[]): readonly string[] => names.map((verb) => `<xs:element ref="${verb}"/>`);
const element = (name: string, doc: string, type: string): string => inside('xs:element', ` name="${name}"`, [about(doc), type]);
const complex = (parts: readonly string[]): string => inside('xs:complexType', '', parts);
const aroundText = (attributes: readonly string[]): string =>
  complex([inside('xs:simpleContent', '', [inside('xs:extension', ' base="xs:string"', attributes)])]);

function appletElement({ element: name, doc, settings, xml }: AnyApplet): string {
  const attributes = [
    ...attributesOf(appletAttributes).map(attribute),
    ...attributesOf(settings).map(attribute),
    ...Object.entries(xml.exits).map(([one, when]) => exit(one, `Exit. ${when}`)),
  ];
  if (xml.text) return element(name, doc, aroundText(attributes));
  const parts = [
    ...(xml.prompt ? verbs(VERBS) : []),
    ...Object.entries(xml.children ?? {}).map(([child, spelling]) => childElement(child, spelling)),
  ];
  return element(name, doc, complex([...(parts.length > 0 ? [any(parts)] : []), ...attributes]));
}

function childElement(name: string, { doc, schema, holds, exit: wires }: ChildSpelling): string {
  const attributes = [...attributesOf(schema).map(attribute), ...(wires ? [exit('next', 'Exit. Where it leads.')] : [])];
  return element(name, doc, complex([...(holds === 'prompt' ? [any(verbs(VERBS))] : []), ...attributes]));
}

const VERB_DOCS = { Say: 'Speaks.', Play: 'Plays a recording.', Pause: 'Stays silent.', In: 'Heard only in one language.' };

function verbElement(name: keyof typeof promptAttributes): string {
  const attributes = attributesOf(promptAttributes[name]).map(attribute);
  if (name === 'Pause') return element(name, VERB_DOCS[name], complex(attributes));
  if (name === 'In')
    return element(name, VERB_DOCS[name], complex([any(verbs(VERBS.filter((verb) => verb !== 'In'))), ...attributes]));
  return element(name, VERB_DOCS[name], aroundText(attributes));
}

/** The text of schema/press9.xsd. It is looser than `press9 check`, never stricter. */
export function languageSchema(): string {
  const applets = [...allApplets].sort((a, b) => (a.element < b.element ? -1 : 1));
  const unanswered = element(
    'Unanswered',
    'An SMS to the customer when the call was not answered.',
    aroundText(attributesOf(unansweredAttributes).map(attribute)),
  );
  const flow = inside('xs:element', ' name="Flow"', [
    about('A call flow.'),
    complex([
      any([...applets.map(({ element: name }) => `<xs:element ref="${name}"/>`), '<xs:element ref="Unanswered"/>']),
      ...attributesOf(flowAttributes).map(attribute),
    ]),
    inside('xs:unique', ' name="ids"', ['<xs:selector xpath="*"/>', '<xs:field xpath="@id"/>']),
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!-- Written by scripts/generate.ts from the applets. Do not edit: change the applet, then npm run generate. -->',
    inside('xs:schema', ' xmlns:xs="http://www.w3.org/2001/XMLSchema"', [
      flow,
      unanswered,
      ...applets.map(appletElement),
      ...VERBS.map(verbElement),
      ...simpleTypes(),
    ]),
    '',
  ].join('\n');
}

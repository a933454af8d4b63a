import { SETTING_NAMES, type SettingName, settingOf } from '../src/commands/config-table.ts';

type Node = { [other: string]: unknown; properties?: Record<string, Node> };

const SECTIONS: Readonly<Record<string, string>> = {
  caps: 'How often a number is called, in place of the figures of the rules.',
  whitelist: "How the vendor's whitelist is read; docs/whitelist.md tells why.",
  callback: 'Status callbacks of press9 run.',
  emulator: 'How press9 serve reads the vendor where nobody knows, or sources differ; docs/emulator.md tells why.',
};

function nodeOf(name: SettingName): Node {
  const { about, shape, between, preset } = settingOf(name);
  const told = preset === undefined ? about : `${about} Unless told: ${preset}.`;
  if (between === undefined) return { description: told, ...shape };
  return { description: told, anyOf: [shape, { type: 'array', items: shape }] };
}

/** The JSON Schema of press9.yaml, for editors. */
export function configSchema(): string {
  const properties: Record<string, Node> = {};
  for (const name of SETTING_NAMES) {
    const [first = '', second] = name.split('.');
    if (second === undefined) properties[first] = nodeOf(name);
    else {
      properties[first] ??= { description: SECTIONS[first], type: 'object', additionalProperties: false, properties: {} };
      Object.assign(properties[first].properties ?? {}, { [second]: nodeOf(name) });
    }
  }
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'press9 configuration',
    description: 'press9.yaml: who calls, by which rules, and where the do-not-call list is.',
    type: 'object',
    additionalProperties: false,
    properties,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

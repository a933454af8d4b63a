import type { AnyApplet } from '../src/applets/index.ts';
import type { Portability } from '../src/core/applet.ts';
import { attributesOf, sampleOf } from '../src/flow/elements.ts';

/**
 * What an applet says of Exotel, found by asking it: plain, and with each attribute, child and value of a choice in turn.
 * Answers that all variants share are given once.
 */
export function portabilityLines(applet: AnyApplet): readonly string[] {
  const [plain, ...variants] = variantsOf(applet);
  const usual = plain ? say(applet.portability(applet.settings.parse(plain.raw))) : '';
  const others = new Map<string, string[]>();
  for (const { with: what, raw } of variants) {
    const parsed = applet.settings.safeParse(raw);
    const answer = parsed.success ? say(applet.portability(parsed.data)) : usual;
    const known = others.get(answer) ?? [];
    // An attribute that says the same whatever its value needs no second line for a variable in it.
    if (known.some((one) => what.startsWith(one.slice(0, -1)))) continue;
    if (generic(answer) !== generic(usual)) others.set(answer, [...known, what]);
  }
  return [`- ${usual}`, ...[...others].map(([answer, what]) => `- With ${what.join(' or ')}: ${answer}`)];
}

type Variant = { with: string; raw: Record<string, unknown> };

function variantsOf({ settings, xml }: AnyApplet): readonly Variant[] {
  const specs = attributesOf(settings);
  const base: Record<string, unknown> = Object.fromEntries(
    specs.flatMap((spec) => (spec.required ? [[spec.name, sampleOf(spec)]] : [])),
  );
  const attributes = specs.flatMap((spec): Variant[] => {
    const { name, mark, schema } = spec;
    const texts = mark.values?.filter((text) => text !== mark.default) ?? [...OTHERS, sampleOf(spec)];
    const fitting = texts.filter((text) => text !== mark.default && schema.safeParse(text).success);
    const shown = mark.values ? fitting : fitting.slice(0, 1);
    const variable = mark.xml === 'Text' && schema.safeParse('{{name}}').success ? ['{{name}}'] : [];
    return [...shown, ...variable].map((text) => ({
      with:
        mark.values || variable.includes(text) ? `\`${name}="${text}"\`` : mark.default ? `another \`${name}\`` : `\`${name}\``,
      raw: { ...base, [name]: text },
    }));
  });
  const children = Object.entries(xml.children ?? {}).flatMap(([name, { field, many, schema, holds }]): Variant[] => {
    if (holds !== 'nothing') return [];
    const own = attributesOf(schema);
    const least = Object.fromEntries(own.flatMap((spec) => (spec.required ? [[spec.name, sampleOf(spec)]] : [])));
    const each = own.flatMap((spec) =>
      spec.required ? [] : [{ with: `\`<${name} ${spec.name}>\``, child: { ...least, [spec.name]: sampleOf(spec) } }],
    );
    const bare = own.length === 0 || own.some((spec) => spec.required) ? [{ with: `\`<${name}>\``, child: least }] : [];
    return [...bare, ...each].map((one) => ({
      with: one.with,
      raw: { ...base, [field]: many ? [one.child] : one.child },
    }));
  });
  return [{ with: '', raw: base }, ...attributes, ...children];
}

/** Values that differ from most defaults. */
const OTHERS = ['2', 'UTC', '3s'];

/** Addresses and names of the sample are not the point. */
const generic = (text: string): string => text.replace(/https?:\S+|your server/g, '…');

function say(answer: Portability): string {
  if (answer.level === 'as-is') return `As is.${answer.note ? ` ${answer.note}` : ''}`;
  return `${answer.level === 'needs-server' ? 'Needs your server' : 'Not possible'}. ${answer.rewrite}`;
}

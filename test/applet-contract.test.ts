import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { appletList } from '../scripts/list-applets.ts';
import { applet as machineKit } from '../src/applets/_kit/machine.ts';
import { type AnyApplet, type AppletKind, allApplets, applets } from '../src/applets/index.ts';
import { createMemo } from '../src/call/memo.ts';
import { markOf } from '../src/core/fields.ts';
import { isDigit } from '../src/core/input.ts';
import { arbitraryFlow } from './arbitrary/flow.ts';
import { commandsIn, inputsFor, type Walked, walkMachine } from './kit/walk-machine.ts';

const FOLDER = join(import.meta.dirname, '../src/applets');
const CASES = 40;

type Sample = { settings: unknown; exits: readonly { name: string; fallsTo?: string }[]; walked: readonly Walked[] };
const samples = new Map<string, readonly Sample[]>();

/** Settings of every sort, each with everything its machine can do. */
function samplesOf(applet: AnyApplet): readonly Sample[] {
  let known = samples.get(applet.kind);
  if (!known) {
    const flow = arbitraryFlow({ kinds: [applet.kind as AppletKind], most: 1 });
    known = fc.sample(flow, { numRuns: CASES, seed: 9 }).map(({ nodes }) => {
      const settings: unknown = [...nodes.values()][0]?.settings;
      return { settings, exits: applet.exits(settings), walked: walkMachine(applet, settings) };
    });
    samples.set(applet.kind, known);
  }
  return known;
}

describe('the list of applets', () => {
  const list = readFileSync(join(FOLDER, 'index.ts'), 'utf8');

  it('is what scripts/list-applets.ts writes today', () => {
    const bare = (text: string) => text.replace(/\s+/g, '').replaceAll(',}', '}');
    expect(bare(list)).toBe(bare(appletList()));
  });

  it('gives each applet its own element', () => {
    const elements = allApplets.map(({ element }) => element);
    expect(new Set(elements).size).toBe(elements.length);
  });
});

describe.each(allApplets.map((one) => [one.element, one] as const))('the applet %s', (_, applet) => {
  it('lives in a folder of its kind, with a page on what the vendor does', () => {
    expect(applets).toHaveProperty(applet.kind, applet);
    expect(existsSync(join(FOLDER, applet.kind, 'index.ts'))).toBe(true);
    expect(existsSync(join(FOLDER, applet.kind, 'README.md')), `src/applets/${applet.kind}/README.md`).toBe(true);
  });

  it('leaves only by exits that it declares', () => {
    for (const { exits, walked } of samplesOf(applet)) {
      const left = commandsIn(walked).flatMap((command) => (command.type === 'leave' ? [command.exit] : []));
      expect(exits.map(({ name }) => name)).toEqual(expect.arrayContaining([...new Set(left)]));
    }
  });

  it('declares no exit twice, and none that it never leaves by', () => {
    const whole = samplesOf(applet).filter(({ walked }) => walked.every((one) => one.whole));
    expect(whole.length).toBeGreaterThan(CASES / 4);
    for (const { exits, walked } of whole) {
      const names = exits.map(({ name }) => name);
      const left = new Set(commandsIn(walked).flatMap((command) => (command.type === 'leave' ? [command.exit] : [])));
      expect([...left].sort()).toEqual(names.toSorted());
    }
  });

  it('lets an exit fall to another one of its own', () => {
    for (const { exits } of samplesOf(applet)) {
      for (const { fallsTo } of exits) if (fallsTo !== undefined) expect(exits.map(({ name }) => name)).toContain(fallsTo);
    }
  });

  it('is over exactly when it leaves, becomes something else, or ends the call', () => {
    const last = ['leave', 'become', 'restart', 'hangUp', 'goToFlow'];
    for (const { walked } of samplesOf(applet)) {
      for (const { edge } of walked.flatMap(({ steps }) => steps)) {
        const leaving = edge.commands.filter(({ type }) => last.includes(type));
        expect(leaving).toHaveLength(edge.to.snapshot.status === 'done' ? 1 : 0);
        expect(edge.commands.slice(0, -1).filter(({ type }) => last.includes(type))).toEqual([]);
      }
    }
  });

  it('speaks of a key only when one was pressed, and once', () => {
    for (const { walked } of samplesOf(applet)) {
      for (const { settings, steps } of walked) {
        const pressed = new Set(
          inputsFor(applet, settings).flatMap((input) => (input.type === 'digit' ? [applet.classify(input, settings)] : [])),
        );
        for (const { stimulus, edge } of steps) {
          const spoken = edge.commands.filter(({ type }) => type === 'key').length;
          expect(spoken).toBeLessThanOrEqual(pressed.has(stimulus) ? 1 : 0);
        }
      }
    }
  });

  it('begins nothing new when the caller hangs up', () => {
    for (const { walked } of samplesOf(applet)) {
      for (const { stimulus, edge } of walked.flatMap(({ steps }) => steps)) {
        if (stimulus !== 'caller.hungUp') continue;
        for (const command of edge.commands) {
          expect(command.type === 'leave' || (command.type === 'record' && !command.on)).toBe(true);
        }
      }
    }
  });

  it('saves under the names it declares, and leads to the flows it names', () => {
    for (const { settings, walked } of samplesOf(applet)) {
      const commands = commandsIn(walked);
      const saved = commands.flatMap((command) => {
        if (command.type === 'save') return [command.name];
        const name = 'save' in command ? command.save : undefined;
        return name === undefined ? [] : [name];
      });
      expect([...new Set(saved)].sort()).toEqual([...new Set(applet.saves?.(settings) ?? [])].sort());
      const flows = commands.flatMap((one) => (one.type === 'goToFlow' || one.type === 'callFlow' ? [one.flow] : []));
      expect([...new Set(flows)]).toEqual((applet.flows?.(settings) ?? []).map(({ flow }) => flow));
    }
  });

  it('classifies every input, and never by what it says', () => {
    const secret = 'S3CR3T';
    for (const { settings } of samplesOf(applet)) {
      for (const input of inputsFor(applet, settings)) {
        const told = Object.fromEntries(
          Object.entries(input).map(([name, value]) =>
            ['body', 'keys', 'value', 'says', 'sid', 'fact'].includes(name) ? [name, secret] : [name, value],
          ),
        );
        const name = applet.classify(told as typeof input, settings);
        expect(name).toMatch(/\S/);
        expect(name).not.toContain(secret);
      }
    }
  });

  it('has probes that its machine does something with', () => {
    for (const { settings, walked } of samplesOf(applet)) {
      const classes = (applet.probes?.(settings) ?? []).flatMap((probe) => [
        new Set(walked.map((one) => applet.classify(probe, one.settings))),
      ]);
      const moves = new Set(
        walked.flatMap(({ steps }) => steps.map(({ stimulus }) => stimulus).filter((name) => name !== 'start')),
      );
      for (const names of classes)
        expect(
          [...names].some((name) => moves.has(name)),
          [...names].join(),
        ).toBe(true);
    }
  });

  it('offers keys that lead to exits', () => {
    for (const { settings, exits } of samplesOf(applet)) {
      for (const { digit, exit } of applet.offers?.(settings).keys ?? []) {
        expect(isDigit(digit)).toBe(true);
        expect(exits.map(({ name }) => name)).toContain(exit);
      }
    }
  });

  it('documents itself, every attribute, every child and every exit', () => {
    const { settings, xml } = applet;
    expect(applet.doc).toMatch(/\S.*\.$/);
    for (const doc of Object.values(xml.exits)) expect(doc).toMatch(/\S.*\.$/);
    const children = Object.values(xml.children ?? {});
    for (const { doc } of children) expect(doc).toMatch(/\S.*\.$/);
    const filled = [xml.prompt, xml.text, ...children.map(({ field }) => field)];
    for (const schema of [settings, ...children.map((child) => child.schema)]) {
      expect(schema).toBeInstanceOf(z.ZodObject);
      for (const [name, field] of Object.entries((schema as unknown as z.ZodObject).shape)) {
        const mark = markOf(field as z.ZodType);
        if (mark) expect(mark.doc, name).toMatch(/\S.*[.?]$/);
        // What neither an attribute nor a child spells can only come from a server's answer.
        else if (!filled.includes(name)) expect(applet.read, name).toBeDefined();
      }
    }
  });

  it('sums itself up in one line, whatever the flow says', () => {
    for (const { settings } of samplesOf(applet)) {
      for (const one of [settings, withLineEnds(settings)]) expect(applet.summary(one)).toMatch(/^\S[^\r\n]*$/);
    }
  });

  it('says what to do where Exotel cannot do it', () => {
    for (const { settings } of samplesOf(applet)) {
      const how = applet.portability(settings);
      if (how.level === 'as-is') expect(how.note ?? 'none').toMatch(/\S/);
      else expect(how.rewrite).toMatch(/\S.*\.$/);
    }
  });

  it('has problems that say what to do, at a setting that is there', () => {
    const least = applet.settings.safeParse({});
    const all = [...samplesOf(applet).map(({ settings }) => settings), ...(least.success ? [least.data] : [])];
    for (const settings of [...all, ...all.map(withEverythingTwice)]) {
      for (const problem of applet.lint?.(settings) ?? []) {
        expect(problem.code).toMatch(/^[A-Z0-9_]+$/);
        expect(problem.says).toMatch(/\S.*\.$/);
        expect(problem.try).toMatch(/\S/);
        const at =
          problem.path === ''
            ? settings
            : problem.path.split('.').reduce<unknown>((value, name) => (value as never)?.[name], settings);
        expect(at, problem.path).toBeDefined();
      }
    }
  });
});

/** Keys, cases and the like, each once more. */
const withEverythingTwice = (settings: unknown): unknown =>
  Object.fromEntries(
    Object.entries(settings as object).map(([name, value]) => [name, Array.isArray(value) ? [...value, ...value] : value]),
  );

/** Every space of every text becomes a line end. */
function withLineEnds(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(' ', '\r\n');
  if (Array.isArray(value)) return value.map(withLineEnds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withLineEnds(one)]));
}

describe('a machine that does more than emit, assign and wait', () => {
  it('is refused by the memo, and so by every test above', () => {
    let done = 0;
    const busy = machineKit.createMachine({ context: {}, entry: () => void done++ });
    expect(() => createMemo(busy, 'Busy').start()).toThrow('Busy: a machine may only emit, assign and wait');
    expect(done).toBe(0);
  });
});

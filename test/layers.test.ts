import { describe, expect, it } from 'vitest';
import { forbiddenImport, PACKAGES, packageName } from './layers.ts';
import { importsOf, type SyntaxNode, sourceFiles, walkTree } from './source-files.ts';

const files = sourceFiles().filter((file) => !file.isTest && !file.path.includes('/_template/'));
const imports = files.map((file) => ({ from: file.path, to: importsOf(file) }));

describe('the layers', () => {
  it('finds the sources', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.find(({ from }) => from === 'src/applets/menu/index.ts')?.to).toContain('src/applets/_kit/define.ts');
  });

  it('let nobody import what is above or beside', () => {
    const wrong = imports.flatMap(({ from, to }) =>
      to.flatMap((one) => (forbiddenImport(from, one) ? [`${from} -> ${one}: ${forbiddenImport(from, one)}`] : [])),
    );
    expect(wrong).toEqual([]);
  });

  it('would notice a wrong import', () => {
    expect(forbiddenImport('src/core/time.ts', 'src/call/step.ts')).toBeDefined();
    expect(forbiddenImport('src/applets/menu/index.ts', 'src/applets/gather/index.ts')).toBeDefined();
    expect(forbiddenImport('src/tui/phone.tsx', 'src/adapters/clock-system.ts')).toBeDefined();
    expect(forbiddenImport('src/tui/phone.tsx', 'src/scenario/keys.ts')).toBeDefined();
    expect(forbiddenImport('src/flow/check.ts', 'src/applets/menu/index.ts')).toBeDefined();
  });

  it('keep external packages where they belong', () => {
    const wrong = imports.flatMap(({ from, to }) =>
      to
        .filter((one) => !one.startsWith('src/') && PACKAGES[packageName(one)]?.(from) === false)
        .map((one) => `${from} -> ${one}`),
    );
    expect(wrong).toEqual([]);
  });

  it('have no import cycle, types included', () => {
    expect(cycles(new Map(imports.map(({ from, to }) => [from, to])))).toEqual([]);
    expect(
      cycles(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
        ]),
      ),
    ).toEqual([['a', 'b', 'c']]);
  });
});

describe('time, chance and ids', () => {
  it('come in by the door: only adapters ask the machine', () => {
    const wrong = files
      .filter(({ path }) => !path.startsWith('src/adapters/'))
      .flatMap(({ path, ast }) => impurities(ast).map((what) => `${path}: ${what}`));
    expect(wrong).toEqual([]);
  });

  it('would be noticed elsewhere', async () => {
    const { parseAst } = await import('vite');
    const ast = parseAst(
      'Date.now(); new Date(); new Date(5); Math.random(); setTimeout(f, 1); globalThis.fetch(u); randomUUID(); x.fetch(u)',
      { lang: 'ts' },
    );
    expect(impurities(ast as unknown as SyntaxNode)).toEqual([
      'Date.now',
      'new Date()',
      'Math.random',
      'setTimeout',
      'globalThis.fetch',
      'randomUUID',
    ]);
  });

  it('the process is left only by main', () => {
    const exits = files
      .filter(({ path, text }) => path !== 'src/main.ts' && /process\.exit\(/.test(text))
      .map(({ path }) => path);
    expect(exits).toEqual([]);
  });
});

describe('the size of files', () => {
  it('stays readable: none over 250 lines, nine in ten under 150', () => {
    const lines = files
      .filter(({ path }) => path !== 'src/applets/index.ts')
      .map(({ path, text }) => ({ path, lines: text.split('\n').length }));
    expect(lines.filter((file) => file.lines > 250)).toEqual([]);
    const sorted = lines.map((file) => file.lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThanOrEqual(160);
  });
});

function impurities(ast: SyntaxNode): string[] {
  const found: string[] = [];
  const name = (node: unknown): string => {
    const it = node as SyntaxNode | undefined;
    if (it?.type === 'Identifier') return String(it['name']);
    if (it?.type === 'MemberExpression') return `${name(it['object'])}.${name(it['property'])}`;
    return '';
  };
  const banned =
    /^(?:globalThis\.)?(?:Date\.now|performance\.now|Math\.random|setTimeout|setInterval|setImmediate|fetch|(?:crypto\.)?randomUUID)$/;
  walkTree(ast, (node, parent) => {
    if (node.type === 'NewExpression' && name(node['callee']) === 'Date' && (node['arguments'] as unknown[]).length === 0)
      found.push('new Date()');
    if (node.type === 'MemberExpression' && banned.test(name(node))) found.push(name(node));
    if (
      node.type === 'CallExpression' &&
      (node['callee'] as SyntaxNode).type === 'Identifier' &&
      banned.test(name(node['callee']))
    )
      found.push(name(node['callee']));
    void parent;
  });
  return found;
}

/** Strongly connected groups of more than one file. */
function cycles(graph: Map<string, readonly string[]>): string[][] {
  const reach = (from: string): Set<string> => {
    const seen = new Set<string>();
    const queue = [...(graph.get(from) ?? [])];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (seen.has(next) || !graph.has(next)) continue;
      seen.add(next);
      queue.push(...(graph.get(next) ?? []));
    }
    return seen;
  };
  const reached = new Map([...graph.keys()].map((file) => [file, reach(file)]));
  const groups = new Map<string, string[]>();
  for (const file of graph.keys()) {
    const group = [...graph.keys()].filter((other) => reached.get(file)?.has(other) && reached.get(other)?.has(file)).sort();
    if (group.length > 0) groups.set(group.join(), group);
  }
  return [...groups.values()];
}

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { parseAst } from 'vite';

export const ROOT = new URL('../', import.meta.url).pathname;

export type SyntaxNode = { type: string; [field: string]: unknown };
export type SourceFile = {
  /** From the repository's root, with slashes. */ path: string;
  text: string;
  ast: SyntaxNode;
  isTest: boolean;
};

/** Every TypeScript file below `src`, parsed. */
export function sourceFiles(): SourceFile[] {
  const walk = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? walk(path) : /\.tsx?$/.test(name) ? [path] : [];
    });
  return walk(join(ROOT, 'src')).map((file) => {
    const text = readFileSync(file, 'utf8');
    const path = relative(ROOT, file).split('\\').join('/');
    return {
      path,
      text,
      ast: parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as unknown as SyntaxNode,
      isTest: /\.test\.tsx?$/.test(file),
    };
  });
}

/** Calls `visit` for every node of a syntax tree. */
export function walkTree(
  node: unknown,
  visit: (node: SyntaxNode, parent: SyntaxNode | undefined) => void,
  parent?: SyntaxNode,
): void {
  if (Array.isArray(node)) {
    for (const one of node) walkTree(one, visit, parent);
  } else if (typeof node === 'object' && node !== null) {
    const here = node as SyntaxNode;
    if (typeof here.type === 'string') visit(here, parent);
    for (const [field, value] of Object.entries(here))
      if (field !== 'parent') walkTree(value, visit, typeof here.type === 'string' ? here : parent);
  }
}

/** What a file imports, types and re-exports and `import()` included; our own files as paths from the root. */
export function importsOf(file: SourceFile): string[] {
  const found: string[] = [];
  const add = (source: unknown): void => {
    const value = (source as { value?: unknown } | undefined)?.value;
    if (typeof value === 'string')
      found.push(value.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file.path), value)) : value);
  };
  walkTree(file.ast, (node) => {
    if (['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression'].includes(node.type))
      add(node['source']);
    if (node.type === 'TSImportType') add(node['source'] ?? node['argument']);
  });
  return found;
}

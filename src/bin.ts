#!/usr/bin/env node
// The very first thing that runs: old Nodes and `--version` need nothing else.
const LEAST = [22, 13] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  process.stderr.write(`press9 needs Node ${LEAST.join('.')} or newer; this is ${process.versions.node}.\n`);
  process.exitCode = 2;
} else if (process.argv.length === 3 && /^(--version|-V)$/.test(process.argv[2] ?? '')) {
  process.stdout.write(`${VERSION}\n`);
} else {
  // Compiled code is kept between runs (in the system's folder for temporary files): starting takes two thirds of the time.
  (process.getBuiltinModule('node:module') as { enableCompileCache?: () => void }).enableCompileCache?.();
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2), VERSION);
}

/** Filled in by the build, from package.json. */
declare const VERSION: string;

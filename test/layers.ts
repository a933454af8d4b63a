/** Who may import whom: design.md's table as a function. Returns why an import is wrong, or nothing. */
const HOSTS = ['tui', 'scenario', 'analysis', 'emulator', 'dialer'];
const MAY: Record<string, readonly string[]> = {
  core: [],
  flow: ['core', 'applets/index'],
  call: ['core', 'flow', 'applets/index'],
  compliance: ['core'],
  exotel: ['core'],
  adapters: ['core'],
  inspector: ['core'],
};
const HOST_MAY = ['core', 'flow', 'call', 'compliance', 'exotel'];
/** Folders that join everything: the commands, and what `press9/testing` and `press9/emulator` are made of. */
const ROOTS = ['commands', 'testing', 'emulating'];
const ENTRIES = ['src/testing.ts', 'src/emulator.ts', 'src/index.ts'];

const folderOf = (path: string): string => path.split('/')[1] ?? '';

export function forbiddenImport(from: string, to: string): string | undefined {
  if (!to.startsWith('src/')) return undefined;
  const folder = folderOf(from);
  const target = folderOf(to);
  if (ENTRIES.includes(from) || ROOTS.includes(folder) || folder === target)
    return folder === 'applets' ? betweenApplets(from, to) : undefined;
  if (from === 'src/main.ts')
    return target === 'commands' || target === 'core' ? undefined : 'main may import commands and core only';
  if (from === 'src/bin.ts') return to === 'src/main.ts' ? undefined : 'bin may import main only';
  if (folder === 'applets') return target === 'core' ? undefined : 'an applet may import core only';
  const allowed = HOSTS.includes(folder) ? HOST_MAY : MAY[folder];
  if (!allowed) return `${folder} is no layer`;
  return allowed.some((one) => to === `src/${one}.ts` || target === one)
    ? undefined
    : `${folder} may import ${allowed.join(', ') || 'nothing of ours'}`;
}

/** `_kit` is the applets' shared toolbox and no applet; the generated list imports every folder. */
function betweenApplets(from: string, to: string): string | undefined {
  const [own, other] = [from.split('/')[2], to.split('/')[2]];
  if (from === 'src/applets/index.ts' || own === other || other === '_kit') return undefined;
  return 'an applet never imports another';
}

const only =
  (...places: readonly string[]) =>
  (from: string): boolean =>
    places.some((place) => from === place || from.startsWith(`${place}/`));

/** External packages that only some places may use. */
export const PACKAGES: Record<string, (from: string) => boolean> = {
  xstate: only('src/applets', 'src/call/step.ts', 'src/call/memo.ts', 'src/compliance/whitelist.ts', 'src/core/applet.ts'),
  ink: only('src/tui'),
  react: only('src/tui', 'src/inspector'),
  'react-dom': only('src/inspector'),
  fastify: only('src/emulator'),
  pg: only('src/adapters'),
  'pg-boss': only('src/adapters'),
  'node:sqlite': only('src/adapters'),
  'node:http': only('src/adapters', 'src/emulator'),
  'node:https': only('src/adapters', 'src/commands/emulator-listen.ts'),
  '@fastify/busboy': only('src/emulator/http'),
  selfsigned: only('src/adapters'),
  exotel: only(),
  'exotel-node': only(),
  autocannon: only(),
  'node:timers': only('src/adapters'),
  'node:timers/promises': only('src/adapters'),
  'node:fs': only('src/adapters', 'src/commands', 'src/testing'),
  'fast-check': only('src/scenario'),
  vitest: only('src/testing/vitest.ts'),
  'node:fs/promises': only('src/adapters', 'src/commands'),
  'fast-xml-parser': only('src/flow', 'src/exotel'),
};

export const packageName = (name: string): string =>
  name.startsWith('node:')
    ? name
    : name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/');

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { vi } from 'vitest';
import { createSystemIds } from '../../src/adapters/ids.ts';
import { machineNow } from '../../src/adapters/machine-now.ts';
import { openStore, type Store } from '../../src/adapters/store.ts';
import { callFacts } from '../../src/commands/call-facts.ts';
import { readContact } from '../../src/commands/contact-row.ts';
import type { Io } from '../../src/commands/io.ts';
import { openFlow } from '../../src/commands/open-flow.ts';
import { phoneSession } from '../../src/commands/phone-session.ts';
import { describeRun, type RunOptions, withDefaults } from '../../src/commands/run-options.ts';
import type { PhoneCall, PhoneSession } from '../../src/tui/session.ts';
import { ROOT } from '../source-files.ts';

/** What a `press9 run` in a folder of its own opens the phone with. */
export type PhoneFolder = {
  cwd: string;
  session: PhoneSession;
  store: Store;
  said: { out: string; err: string };
  put(path: string, text: string): void;
  /** Dials; the phone is picked up as soon as it rings. */
  pickUp(): Promise<PhoneCall>;
  close(): Promise<void>;
};

/** A working folder that holds copies of examples. */
export function workFolder(...examples: readonly string[]): string {
  const cwd = mkdtempSync(join(tmpdir(), 'press9-phone-'));
  for (const name of examples) cpSync(join(ROOT, 'flows', name), join(cwd, 'flows', name), { recursive: true });
  return cwd;
}

export async function phoneIn(
  cwd: string,
  flow: string,
  argv: readonly string[] = [],
  more: Partial<Io> = {},
): Promise<PhoneFolder> {
  const said = { out: '', err: '' };
  const io: Io = {
    out(text) {
      said.out += text;
    },
    err(text) {
      said.err += text;
    },
    cwd,
    env: {},
    isTTY: true,
    colour: false,
    exitCode: 0,
    ...more,
  };
  const options = optionsOf(argv);
  const { set, path } = await openFlow(io, flow);
  const ids = createSystemIds(options.seed);
  const store = await openStore({ store: options.store ?? 'memory:', env: {}, cwd, ids, now: machineNow });
  const contact = options.contact === undefined ? undefined : await readContact(options.contact, cwd);
  const facts = callFacts(set, path, options, contact, ids, options.at ?? machineNow());
  const session = phoneSession(io, { set, facts, options, store, path });
  return {
    cwd,
    session,
    store,
    said,
    put(file, text) {
      mkdirSync(dirname(join(cwd, file)), { recursive: true });
      writeFileSync(join(cwd, file), text);
    },
    pickUp: () => pickUp(session),
    async close() {
      await store.close();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}

function optionsOf(argv: readonly string[]): RunOptions {
  const command = describeRun()
    .action(() => {})
    .parse([...argv, 'flow'], { from: 'user' });
  return withDefaults(command.opts<Partial<RunOptions>>());
}

async function pickUp(session: PhoneSession): Promise<PhoneCall> {
  const placed = await session.dial();
  if (!placed.placed) throw new Error('refused');
  const { phone } = placed;
  await vi.waitFor(() => {
    phone.answer();
    if (phone.call.state.phase !== 'talking') throw new Error('it does not ring yet');
  });
  return phone;
}

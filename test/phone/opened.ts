import { stripVTControlCharacters } from 'node:util';
import { expect, vi } from 'vitest';
import { ms } from '../../src/core/ids.ts';
import { openPhone } from '../../src/tui/open-phone.tsx';
import type { PhoneSession, PhoneTerminal } from '../../src/tui/session.ts';
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts';
import { settle } from './hand.ts';
import { type PhoneStage, type StageOptions, setStage } from './stage.ts';

/** The machine may be busy. */
const PATIENCE = { timeout: 10_000, interval: 10 };
const REMINDER = 'flows/appointment-reminder/flow.xml';

export type Opened = PhoneStage & {
  fake: FakeTerminal;
  /** The exit code. */
  done: Promise<number>;
  /** Waits until this was written, from where `since` was called last. */
  says(text: string): Promise<void>;
  /** What was written from now on is what counts. */
  since(): void;
  /** What was written since then, without what steers the terminal. */
  text(): string;
  /** What was written since then. */
  bytes(): string;
  wait(seconds: number): Promise<void>;
  type(keys: string): Promise<void>;
};

export type OpenOptions = Parameters<typeof createFakeTerminal>[0] & {
  flow?: string;
  stage?: StageOptions;
  /** Parts of the session in place of the usual ones. */
  session?: (stage: PhoneStage) => Partial<PhoneSession>;
  open?: (session: PhoneSession, terminal: PhoneTerminal) => Promise<number>;
};

/** Opens a phone on a terminal that is none, and dials. */
export async function openOnFake(options: OpenOptions = {}): Promise<Opened> {
  const answers = ['POST https://clinic.example/optouts => 200 ok'];
  const stage = await setStage(options.flow ?? REMINDER, { answers, ...options.stage });
  const session = Object.defineProperties(
    { ...stage.session },
    Object.getOwnPropertyDescriptors(options.session?.(stage) ?? {}),
  ) as PhoneSession;
  const fake = createFakeTerminal(options);
  const done = (options.open ?? openPhone)(session, fake.terminal);
  done.catch(() => {});
  let mark = 0;
  const bytes = () => fake.written().slice(mark);
  const text = () => stripVTControlCharacters(bytes()).replaceAll('\u00a0', ' ');
  const wait = async (seconds: number) => {
    await stage.clock.advance(ms(seconds * 1000));
    await settle(stage);
  };
  await wait(0);
  return {
    ...stage,
    fake,
    done,
    bytes,
    text,
    wait,
    says: (wanted) => vi.waitFor(() => expect(text()).toContain(wanted), PATIENCE),
    since() {
      mark = fake.written().length;
    },
    async type(keys) {
      fake.type(keys);
      await settle(stage);
    },
  };
}

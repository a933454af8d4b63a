import { Command } from 'commander';
import { Demo } from '../tui/demo.ts';
import type { NextCommand } from '../tui/demo-end.ts';
import { demoStory } from '../tui/demo-story.ts';
import { PlainPhone } from '../tui/plain/plain-phone.ts';
import { playDemo } from './demo-play.ts';
import { openDemo } from './demo-world.ts';
import type { Io } from './io.ts';
import { realTime } from './phone-time.ts';
import { phoneFor, terminalOf } from './terminal.ts';

/** `press9 demo`: the phone plays a story of a minute by itself. */
export function demoCommand(io: Io): Command {
  return new Command('demo')
    .name('press9 demo')
    .description(
      'Watch the phone for a minute: a story that plays by itself, until you press a key and have the phone. Servers are scripted, nothing is kept. Where there is no terminal, the story is told in lines.',
    )
    .option('--plain', 'the story in lines of plain text, all at once, as for a screen reader')
    .action(async ({ plain = false }: { plain?: boolean }) => {
      const next = io.isTTY && !plain && io.env['TERM'] !== 'dumb' ? await show(io) : await tell(io);
      io.out(`\nWhat to try next:\n${next.map(({ about, command }) => `\n  ${about}\n    ${command}\n`).join('')}`);
    });
}

const REFUSED = 3;

async function show(io: Io): Promise<readonly NextCommand[]> {
  const { session, world } = await openDemo(io, realTime);
  const open = await phoneFor(io, {});
  const code = await open(session, terminalOf(io), new Demo(demoStory(world, 'screen')));
  // Somebody is refused in the story: that is no failure.
  io.exitCode = code === REFUSED ? 0 : code;
  return world.next;
}

function tell(io: Io): Promise<readonly NextCommand[]> {
  return playDemo(io, 'lines', (phone) => {
    // What is said of a step stands above what happens in it.
    const plain = new PlainPhone(phone, (line) => io.out(`${line === phone.get().note?.text ? '\n' : ''}${line}\n`));
    phone.subscribe(() => plain.tell());
    return { press: (_, key) => plain.key(key) };
  });
}

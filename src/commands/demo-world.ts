import { join, relative } from 'node:path';
import { createMemoryStore } from '../adapters/store.ts';
import type { NextCommand } from '../tui/demo-end.ts';
import type { DemoWorld } from '../tui/demo-story.ts';
import type { PhoneSession } from '../tui/session.ts';
import { quote } from '../tui/window/quote.ts';
import { callFacts } from './call-facts.ts';
import { readContact } from './contact-row.ts';
import type { Io } from './io.ts';
import { openFlow } from './open-flow.ts';
import { packageFolder } from './package-folder.ts';
import { phoneSession } from './phone-session.ts';
import type { PhoneTime } from './phone-time.ts';
import { describeRun, type RunOptions, withDefaults } from './run-options.ts';
import { idsOf } from './world.ts';

/** Whom the demo calls, in what world: no request leaves this machine, and nothing is kept. */
const OPTIONS = [
  ...['--at', '2026-11-23T10:00', '--seed', '9', '--store', 'memory:', '--agent', 'answer:20s'],
  ...['--callback-url', 'https://clinic.example/calls'],
  ...['--answer', 'GET */balance => 200 after 300ms Hello, this is Kaveri Bank. Your balance is 1500 rupees.'],
  ...['--answer', 'GET *broadband.example/plan => 200 after 120ms {"select":"silver"}'],
  ...['--answer', 'GET *orders.example/state => 200 after 120ms {"select":"delayed"}'],
  ...['--answer', 'GET *feedback.example/answers => 200 after 90ms'],
  ...['--answer', 'POST * => 200 after 80ms ok'],
  ...['--answer', '* * => 404 There are no other servers in the demo.'],
];

/** The phone of the demo, and what its story knows of it. */
export async function openDemo(io: Io, time: PhoneTime): Promise<{ session: PhoneSession; world: DemoWorld }> {
  const at = (path: string) => relative(io.cwd, join(packageFolder(), 'flows', path));
  const contacts = at('appointment-reminder/contacts.csv');
  const options = optionsOf(['--contact', `${contacts}#1`, ...OPTIONS]);
  // What the phone prints in the end is of a call that nobody made.
  const quiet: Io = { ...io, out() {}, err() {} };
  const { set, path } = await openFlow(io, at('appointment-reminder/flow.xml'));
  const ids = idsOf(options);
  const store = createMemoryStore({ ids, now: time.now });
  const facts = callFacts(set, path, options, await readContact(`${contacts}#1`, io.cwd), ids, options.at ?? time.now());
  const session = phoneSession(quiet, { set, facts, options, store, path }, time);
  const callee = { ...session.form, contact: `${contacts}#2` };
  return {
    session,
    world: { second: { flow: at('balance-passthru/flow.xml'), callee }, next: nextCommands((path) => quote(at(path))) },
  };
}

const nextCommands = (at: (path: string) => string): readonly NextCommand[] => [
  {
    about: 'Take a call yourself: a answers, [ goes back, x breaks a server.',
    command: `npx press9 run ${at('appointment-reminder')} --set name=Asha`,
  },
  {
    about: 'A call at once, as text: the keys 2, 21 and 17, each when it is asked for.',
    command: `npx press9 run ${at('delivery-slot')} --keys "2, 21, 17" --store memory:`,
  },
  {
    about: 'What Exotel can do of a flow, and what needs your server.',
    command: `npx press9 check ${at('survey')} --target exotel`,
  },
  { about: 'Scripted callers as regression tests.', command: `npx press9 test ${at('survey')}` },
  { about: 'A small flow of your own, to begin with.', command: 'npx press9 init my-project' },
];

function optionsOf(argv: readonly string[]): RunOptions {
  const command = describeRun().action(() => {});
  return withDefaults(command.parse([...argv, 'flow'], { from: 'user' }).opts<Partial<RunOptions>>());
}

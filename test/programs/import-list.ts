/**
 * Runs `press9 dnc import FILE` as on a terminal, and says on standard output what a person would see there. Arguments:
 * the folder, the file.
 */
import { dncCommand } from '../../src/commands/dnc.ts';
import type { Io } from '../../src/commands/io.ts';

const [cwd = '.', file = ''] = process.argv.slice(2);
const say = (text: string) => void process.stdout.write(`${text}\n`);
const io: Io = { out: say, err: say, cwd, env: { USER: 'asha' }, isTTY: true, colour: false, exitCode: 0 };
await dncCommand(io).parseAsync(['import', file], { from: 'user' });
say('done');

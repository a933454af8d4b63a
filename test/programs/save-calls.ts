/**
 * Saves calls as the emulator does, some a turn, each with a post, and tells of each turn once it is kept: `kept FIRST LAST`.
 * Then waits to be killed. Arguments: the file, how many turns, how many calls a turn.
 */
import { openRecords } from '../../src/adapters/records.ts';
import { UserError } from '../../src/core/problem.ts';
import { callRecord, postRecord, sidOf } from '../kit/call-records.ts';

const [path = '', turns = '1', each = '1'] = process.argv.slice(2);
try {
  const records = await openRecords({ path, patience: 50 });
  console.log('opened');
  for (let turn = 0; turn < Number(turns); turn++) {
    const calls = Array.from({ length: Number(each) }, (_, i) => turn * Number(each) + i);
    const saved = calls.flatMap((n) => [
      records.calls.save(callRecord(n)),
      records.posts.add([postRecord(`p${n}`, { call: sidOf(n) })]),
    ]);
    await Promise.all(saved);
    console.log(`kept ${calls[0]} ${calls.at(-1)}`);
  }
  console.log('done');
  process.stdin.resume();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.log(`refused: ${error.message}`);
}

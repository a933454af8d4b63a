import type { SentSms } from '../../call/view.ts';
import type { Logged } from '../../core/event.ts';
import { maskNumber } from '../../core/phone.ts';
import { showClock } from '../../core/time.ts';
import { realEvents } from '../branch.ts';
import type { Shown } from '../phone-state.ts';
import { BAD, BOLD, DIM, EMPTY, type Row, row, rowsOf, span } from '../rows.ts';

export function smsRows(shown: Shown, width: number): Row[] {
  const { sms, startedAt } = shown.view;
  if (sms.length === 0) return rowsOf('This call has sent no SMS so far.', width, DIM);
  return sms.flatMap((one) => [
    [
      span(`${showClock(one.at - startedAt)} `, DIM),
      span(`to ${maskNumber(one.to)}`, BOLD),
      span(`  ${tellLength(one.text)}`, DIM),
    ],
    ...rowsOf(one.text, width, undefined, 2),
    ...resultRows(one, isSimulated(shown, one), width),
    EMPTY,
  ]);
}

const tellLength = (text: string): string => `${[...text].length} characters`;

/** Was it sent in a simulation, and not in what that shares with the real call? */
const isSimulated = ({ log, branch }: Shown, { id }: SentSms): boolean =>
  branch.simulation !== undefined && log.findIndex(sends(id)) >= realEvents(branch);

const sends =
  (id: number) =>
  ({ e }: Logged): boolean =>
    e.type === 'command' && e.command.type === 'sendSms' && e.command.id === id;

function resultRows({ result }: SentSms, simulated: boolean, width: number): Row[] {
  if (simulated) return [row('  not sent: simulation', DIM)];
  if (!result) return [row('  no answer yet', DIM)];
  if ('sid' in result) return rowsOf(`simulated, not really sent: ${result.sid}`, width, DIM, 2);
  return rowsOf(`NOT SENT: ${result.refused}`, width, BAD, 2);
}

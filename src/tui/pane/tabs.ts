import type { PhoneState, Shown, Tab } from '../phone-state.ts';
import type { Row } from '../rows.ts';
import { callbacksRows } from './callbacks.ts';
import { dncRows } from './dnc.ts';
import { logPane } from './log.ts';
import { smsRows } from './sms.ts';
import { webRows } from './web.ts';

/** Everything in a tab. The log is long: `logPane` gives as much of it as is in view. */
export function tabRows(state: PhoneState, shown: Shown, tab: Tab, width: number): Row[] {
  switch (tab) {
    case 'log':
      return [...logPane(shown, width, shown.branch.phone.call.log.length)];
    case 'web':
      return webRows(state, shown, width);
    case 'sms':
      return smsRows(shown, width);
    case 'callbacks':
      return callbacksRows(state, shown, width);
    case 'dnc':
      return dncRows(state, shown, width);
  }
}

import type { CallView, WebRequest } from '../../call/view.ts';
import type { PhoneState } from '../phone-state.ts';

const viewOf = ({ at }: PhoneState): CallView | undefined => (at.page === 'call' ? at.shown.view : undefined);

/** The request that is chosen in the web tab, else the latest. */
export function requestMeant(state: PhoneState): WebRequest | undefined {
  const requests = viewOf(state)?.requests ?? [];
  return requests[state.request ?? requests.length - 1];
}

/** Of what is shown, the request whose answer is meant: the chosen one, else the latest that has an answer. */
export function answerMeant(state: PhoneState): WebRequest | undefined {
  const requests = viewOf(state)?.requests ?? [];
  return state.request === undefined ? requests.findLast(({ answer }) => answer) : requests[state.request];
}

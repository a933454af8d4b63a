import type { Place } from '../../core/problem.ts';
import type { Handset } from '../handset.ts';
import type { PhoneState } from '../phone-state.ts';

/** Opens the flow's file where the call stands; the terminal is the editor's meanwhile. */
export function openEditor(phone: Handset): void {
  void edit(phone, placeOf(phone.get()));
}

function placeOf({ at, session }: PhoneState): Place {
  if (at.page !== 'call') return { file: session.facts.file, line: 1, column: 1 };
  const { stand, flow } = at.shown.state;
  return stand?.node.at ?? flow.at;
}

async function edit(phone: Handset, place: Place): Promise<void> {
  let trouble: string | undefined;
  try {
    await phone.away(async () => {
      trouble = await phone.session.edit(place);
    });
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
  }
  if (trouble !== undefined) phone.say(trouble, 'bad');
}

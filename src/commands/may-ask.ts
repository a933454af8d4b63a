import { decide } from '../compliance/decide.ts';
import type { Policy } from '../compliance/policy.ts';
import type { Contact, Verdict } from '../core/facts.ts';
import type { E164, Ms } from '../core/ids.ts';
import type { List } from './dnc-list.ts';
import type { Io } from './io.ts';
import type { MayOptions } from './may-contact.ts';

/** What is asked, of whatever number. */
export type Asking = {
  io: Io;
  list: List;
  contact: Omit<Contact, 'number'>;
  at: Ms;
  policy: Policy;
  options: MayOptions;
};

export async function verdictOn({ list, contact, at, policy }: Asking, number: E164): Promise<Verdict> {
  return decide({ ...contact, number }, await list.store.facts.about(number), at, policy);
}

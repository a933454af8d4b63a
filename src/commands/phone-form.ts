import type { CallFacts } from '../core/event.ts';
import type { Ms } from '../core/ids.ts';
import { normalise } from '../core/phone.ts';
import { UserError } from '../core/problem.ts';
import { isoIst, parseInstant } from '../core/time.ts';
import type { CallForm, FormTrouble } from '../tui/session.ts';
import { type ContactRow, readContact } from './contact-row.ts';
import type { RunOptions } from './run-options.ts';

/** Who is called, and when: what the command line said, until a person says otherwise. */
export type Callee = { options: RunOptions; contact: ContactRow | undefined };

/** What a person finds in the form. `facts` are those of the call that is dialled next. */
export const formOf = ({ options }: Callee, { customer }: Pick<CallFacts, 'customer'>): CallForm => ({
  to: customer,
  contact: options.contact ?? '',
  at: options.at === undefined ? '' : shortIst(options.at),
});

/** Indian time, without the parts that are nought. */
const shortIst = (at: Ms): string =>
  isoIst(at)
    .slice(0, 23)
    .replace(/\.000$/, '')
    .replace(/:00$/, '');

/** What a filled form means, or the first field that means nothing. Spaces around a field do not count. */
export async function readForm(cwd: string, callee: Callee, shown: CallForm, form: CallForm): Promise<Callee | FormTrouble> {
  const { to: _, contact: __, at: ___, ...others } = callee.options;
  const to = typedNumber(callee, shown, form.to.trim());
  const number = trouble('to', to, others.country, 'For example 9876543210; empty means the number of the contact.');
  if (number) return number;
  const named = form.contact.trim();
  const contact = await contactIn(cwd, named);
  if (typeof contact === 'string') return { field: 'contact', says: contact };
  const phone = to === undefined ? trouble('contact', contact?.phone, others.country, 'Correct it in the file.') : undefined;
  if (phone) return phone;
  const when = form.at.trim();
  const at = when === '' ? undefined : parseInstant(when);
  if (when !== '' && at === undefined)
    return { field: 'at', says: `"${when}" is no instant. For example 2026-11-22T10:00; empty means now.` };
  const given = { ...(to !== undefined && { to }), ...(named !== '' && { contact: named }), ...(at !== undefined && { at }) };
  return { contact, options: { ...others, ...given } };
}

/** A number that nobody typed follows the contact. */
function typedNumber({ options }: Callee, shown: CallForm, typed: string): string | undefined {
  if (typed === '') return undefined;
  return typed === shown.to ? options.to : typed;
}

function trouble(field: keyof CallForm, number: string | undefined, country: string, advice: string): FormTrouble | undefined {
  const normal = number === undefined ? undefined : normalise(number, country);
  return normal?.ok === false ? { field, says: `"${number}" is no phone number: ${normal.why}. ${advice}` } : undefined;
}

async function contactIn(cwd: string, named: string): Promise<ContactRow | undefined | string> {
  try {
    return named === '' ? undefined : await readContact(named, cwd);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  }
}

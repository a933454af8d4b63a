import type { CallClass } from '../core/event.ts';
import type { DayType, Fact, FactSource } from '../core/facts.ts';
import { plainIst } from '../core/time.ts';

export const CLASS_NAMES: Readonly<Record<CallClass, string>> = {
  P: 'promotional',
  SE: 'service-explicit',
  SI: 'service-implicit',
  T: 'transactional',
  G: 'government',
};

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const dayName = (day: DayType): string => (day === 'holiday' ? day : (DAYS[day] ?? ''));

const STOPS: Record<Fact['scope'], string> = {
  all: 'all calls and SMS',
  campaign: 'one campaign',
  voice: 'calls',
  sms: 'SMS',
};

/** What an opt-out stops: `all calls and SMS`, `the campaign diwali`. */
export const tellScope = ({ scope, campaign }: Pick<Fact, 'scope' | 'campaign'>): string =>
  scope === 'campaign' && campaign !== undefined ? `the campaign ${campaign}` : (STOPS[scope] ?? STOPS.all);

const HOW: Record<FactSource, (fact: Fact) => string> = {
  'key-press': ({ key }) => `pressed ${key ?? 'a key'}`,
  'sms-stop': () => 'answered an SMS with STOP',
  'sms-start': () => 'wrote START',
  'missed-call': () => 'gave a missed call',
  complaint: () => 'complained',
  manual: ({ actor }) => `was added by hand by ${actor}`,
  agent: ({ actor }) => `was added by the agent ${actor}`,
  csv: () => 'was added from a CSV file',
  api: ({ actor }) => `was added over the API by ${actor}`,
  registry: () => 'was found in the register',
  web: () => 'said so on a website',
  form: () => 'said so in a form',
  call: () => 'said so',
  system: ({ actor }) => `was added by ${actor}`,
};

/** How a number came to the list: `pressed 9 in call 5f0c… (flow appointment-reminder)`. */
export function tellHow(fact: Fact): string {
  const flow = fact.flow === undefined ? '' : ` (flow ${fact.flow})`;
  const how = HOW[fact.source]?.(fact) ?? `was added (${fact.source})`;
  return `${how}${fact.call === undefined ? flow : ` in call ${fact.call}${flow}`}`;
}

/** Since when, Indian time. */
export const tellSince = (fact: Fact): string => `${plainIst(fact.at)} IST`;

/** One opt-out for people: since when, what it stops, how it came to be, why. */
export function tellOptOut(fact: Fact): string {
  const prefix = fact.number.endsWith('*') ? `, with all that begin with ${fact.number.slice(0, -1)},` : '';
  const end = fact.expiresAt === undefined ? '' : ` until ${plainIst(fact.expiresAt)} IST`;
  const why = fact.reason === undefined ? '' : `, because "${fact.reason}"`;
  return `the number is on the do-not-call list${prefix} since ${tellSince(fact)}${end}, for ${tellScope(fact)}: it ${tellHow(fact)}${why}`;
}

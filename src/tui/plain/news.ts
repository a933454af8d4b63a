import { maskText } from '../../core/phone.ts';
import { isoIst, showClock } from '../../core/time.ts';
import type { Branch, PhoneState, Shown } from '../phone-state.ts';
import type { CallbackPreview } from '../session.ts';
import { placeIn, tellLine, tellOutcome, tellResult, tellRinging, tellTurn } from './words.ts';

/** What a person was told of a branch. */
type Told = Set<string>;
type Thing = readonly [id: string, text: () => readonly string[]];

/** Steps before the answer that a person does not care about. */
const BEFORE_ANSWER = /^(?:queued .*|dialling|ringing)$/;
const AFTER = 'r calls again, [ goes back in time, q quits';

/** Tells what is new in a phone, given its states in their order: every line once, and whole. */
export function createNews(): (state: PhoneState) => readonly string[] {
  const known = new Map<number, Told>();
  let before: PhoneState | undefined;
  return (state) => {
    const out = [...tellPage(state, before), ...tellKnobs(state, before)];
    const branch = state.branches[state.current];
    if (branch && state.at.page === 'call') {
      const told = known.get(branch.id) ?? new Set(branch.from ? thingsOf(state, state.at.shown).map(([id]) => id) : []);
      out.push(...tellPlace(state, before, known.has(branch.id)), ...tellNew(thingsOf(state, state.at.shown), told));
      known.set(branch.id, told);
    }
    before = state;
    return out;
  };
}

function tellNew(things: readonly Thing[], told: Told): readonly string[] {
  const fresh = things.filter(([id]) => !told.has(id));
  for (const [id] of fresh) told.add(id);
  return fresh.flatMap(([, text]) => text());
}

/** Everything there is to tell of a call by now. Its past has nothing that was not told. */
function thingsOf({ callbacks }: PhoneState, shown: Shown): readonly Thing[] {
  const { view } = shown.branch;
  const rings: Thing[] = view.answeredAt === undefined ? [['ringing', () => [tellRinging(shown)]]] : [];
  const lines = view.lines.flatMap((line, i): Thing[] => {
    if (line.type === 'status' && BEFORE_ANSWER.test(line.text)) return [];
    const result = tellResult(view, line);
    return [[`${i}`, () => [tellLine(view, line)]], ...(result === undefined ? [] : [[`${i} result`, () => [result]] as const])];
  });
  if (shown.past) return [...rings, ...lines];
  const { waiting } = view;
  const turn: Thing[] = waiting ? [[`turn ${waiting.since} ${shown.state.typed}`, () => [tellTurn(shown) ?? '']]] : [];
  const posts = callbacks.map((one): Thing => [`callback ${one.id}`, () => tellCallback(one, shown)]);
  const over = view.endedAt !== undefined;
  return [
    ...rings,
    ...lines,
    ...turn,
    ...(over ? [['outcome', () => [tellOutcome(shown)]] as const] : []),
    ...posts,
    ...(over ? [['after', () => [AFTER]] as const] : []),
  ];
}

function tellCallback({ url, contentType, fields }: CallbackPreview, { branch }: Shown): readonly string[] {
  const where =
    url === undefined ? 'not posted, no --callback-url' : branch.simulation ? `not posted, else to ${url}` : `POST ${url}`;
  const values = fields.map(([name, value]) => `${name}: ${value === '' ? 'empty' : maskText(value)}`);
  return [`status callback, ${contentType}, ${where}; ${fields.length} fields`, ...values];
}

/** Where the person has gone, in time or to another branch. */
function tellPlace(state: PhoneState, before: PhoneState | undefined, known: boolean): readonly string[] {
  if (state.at.page !== 'call' || before?.at.page !== 'call') return [];
  const { shown } = state.at;
  const was = before.at.shown;
  const otherCall = state.branches[0]?.id !== before.branches[0]?.id;
  const stayed = shown.branch.id === was.branch.id && shown.past?.nth === was.past?.nth;
  if (otherCall || stayed) return [];
  const now = shown.past ? [] : [`now, ${showClock(shown.now - shown.view.startedAt)} after the start`];
  return known ? [...placeIn(state), ...now, ...lastLine(shown)] : placeIn(state);
}

function lastLine({ view }: Shown): readonly string[] {
  const line = view.lines.at(-1);
  return line ? [tellLine(view, line), tellResult(view, line) ?? ''].filter(Boolean) : [];
}

function tellPage(state: PhoneState, before: PhoneState | undefined): readonly string[] {
  const { at } = state;
  if (at === before?.at || at.page === 'call') return [];
  if (at.page === 'asking') return before && before.at.page !== 'asking' ? ['calling again'] : [];
  if (before?.at.page === 'refused') return [];
  const { verdict } = at;
  return [
    verdict.verdict === 'defer'
      ? `not now: it may be called from ${isoIst(verdict.nextAllowedAt).slice(0, 16).replace('T', ' ')} IST`
      : 'not called',
    ...verdict.reasons.map(({ code, says }) => maskText(`${code}: ${says}`)),
    'nothing was dialled; r tries again, q quits',
  ];
}

function tellKnobs(state: PhoneState, before: PhoneState | undefined): readonly string[] {
  const held = (one: PhoneState | undefined): Branch['held'] | undefined => one?.branches[one.current]?.held;
  const same = state.branches[state.current]?.id === before?.branches[before.current]?.id;
  return [
    ...(before && state.speed !== before.speed
      ? [state.speed === 1 ? 'time goes as fast as usual' : `time goes ${state.speed} times as fast`]
      : []),
    ...(same && held(state) !== held(before) ? [held(state) ? 'time stands still, space lets it go on' : 'time goes on'] : []),
    ...(state.note && state.note !== before?.note ? [state.note.text] : []),
  ];
}

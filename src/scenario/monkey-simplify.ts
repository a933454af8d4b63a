import type { Caller, Move } from './monkey-caller.ts';

/**
 * Callers a little simpler than one, the boldest first: fast-check has made the caller small, but not changed one kind of
 * move into another.
 */
export function* simplerThan(caller: Caller, pressed: readonly string[]): Generator<Caller> {
  const { moves } = caller;
  if (caller.last === 'hangs up') yield { ...caller, last: 'stays silent' };
  if (caller.last === 'keeps pressing') {
    yield { ...caller, last: 'stays silent' };
    if (pressed.length <= MOST_PRESSED)
      yield { ...caller, moves: [...moves, ...pressed.map((press): Move => ({ press }))], last: 'stays silent' };
  }
  for (const i of moves.keys()) yield { ...caller, moves: moves.toSpliced(i, 1) };
  for (const [i, move] of moves.entries())
    for (const other of simplerMoves(move)) yield { ...caller, moves: moves.with(i, other) };
  if (caller.store === 'failing') yield { ...caller, store: 'working' };
  for (const [i] of caller.http.entries()) if (caller.http.length > 1) yield { ...caller, http: caller.http.toSpliced(i, 1) };
}

const MOST_PRESSED = 60;

function* simplerMoves(move: Move): Generator<Move> {
  if (move === 'hang up' || !('press' in move)) return;
  const { press } = move;
  if (press.startsWith('!')) yield { press: press.slice(1) };
  else if (press.length > 1) for (let i = press.length - 1; i >= 0; i--) yield { press: press.slice(0, i) + press.slice(i + 1) };
}

/** The simplest caller that still meets what this one does, by small steps. */
export async function simplify<T extends { played: { caller: Caller; pressed: readonly { digit: string }[] } }>(
  found: T,
  meet: (caller: Caller) => Promise<T | undefined>,
): Promise<T> {
  let best = found;
  for (let better: T | undefined = found; better; ) {
    better = undefined;
    const { caller, pressed } = best.played;
    for (const simpler of simplerThan(
      caller,
      pressed.map(({ digit }) => digit),
    )) {
      better = await meet(simpler);
      if (better) break;
    }
    if (better) best = better;
  }
  return best;
}

import type { LiveCall } from '../call/run.ts';
import { accepts } from '../core/accept.ts';
import { ms } from '../core/ids.ts';
import { type Digit, isDigit } from '../core/input.ts';
import type { Clock } from '../core/ports.ts';
import { appletFor } from '../flow/graph.ts';
import type { FlowNode } from '../flow/model.ts';
import type { Driver } from './drive.ts';
import { canPress, TYPING } from './keys.ts';

/** A key, and the applet that was asking. */
export type Pressed = { digit: Digit; node: string };

/** Presses what each applet offers, one after the other, so that no way out of it stays untried. */
export function keepPressing(call: LiveCall, driver: Driver, steps: number, clock: Clock): readonly Pressed[] {
  const turns = new Map<FlowNode, number>();
  const pressed: Pressed[] = [];
  let busy = false;
  let typing: Digit[] = [];
  const later = (wait: number, then: () => void): void => {
    busy = true;
    clock.alarm(ms(clock.now() + wait), then);
  };
  const again = (): void => {
    busy = false;
    look();
  };
  function look(): void {
    if (!busy && driver.at >= steps && canPress(call)) later(0, press);
  }
  function press(): void {
    const node = call.state.stand?.node;
    if (!node || !canPress(call)) {
      again();
      return;
    }
    if (typing.length === 0) typing = nextInput(node);
    const digit = typing.shift() as Digit;
    pressed.push({ digit, node: node.id });
    call.press(digit);
    later(TYPING, again);
  }
  function nextInput(node: FlowNode): Digit[] {
    const turn = turns.get(node) ?? 0;
    turns.set(node, turn + 1);
    const inputs = inputsOf(node);
    return [...(inputs[turn % inputs.length] ?? '#')].filter(isDigit);
  }
  call.subscribe(({ e }) => {
    if (e.type === 'applet.left') typing = [];
    look();
  });
  look();
  return pressed;
}

const NUMBERS = ['1#', '5#', '12#', '123#', '1234#', '123456#', '0#', '*#'];

/** What may be typed where a caller is asked: the offered keys, and numbers that would be taken. */
function inputsOf(node: FlowNode): readonly string[] {
  const offers = appletFor(node).offers?.(node.settings);
  if (!offers) return ['#'];
  const keys = offers.keys.map(({ digit }) => digit);
  if (!offers.anyKey) return keys.length > 0 ? keys : ['#'];
  const { accept } = node.settings as { accept?: string };
  const numbers = NUMBERS.filter((number) => accept === undefined || accepts(accept, number.slice(0, -1)));
  return [...keys, ...(numbers.length > 0 ? numbers : NUMBERS)];
}

import { Box, Text, useInput, useWindowSize } from 'ink';
import { useRef, useSyncExternalStore } from 'react';
import { onKeyboard } from './keyboard.ts';
import type { PhoneStore } from './phone-store.ts';
import { type Row, type Style, styleFor, textOf } from './rows.ts';
import { screen } from './screen.ts';

type TextStyle = { color?: string; bold?: boolean; dimColor?: boolean; inverse?: boolean; strikethrough?: boolean };
/** How styles are told: with colours, on what background. */
type Paint = { colour: boolean; background: 'dark' | 'light' };

function textStyle(style: Style, { colour, background }: Paint): TextStyle {
  const { color, bold, dim, inverse, strike } = styleFor(style, background);
  return {
    ...(colour && color !== undefined && { color }),
    ...(bold && { bold }),
    ...(dim && { dimColor: true }),
    ...(inverse && { inverse }),
    ...(strike && { strikethrough: true }),
  };
}

const ASCII = /^[ -~]*$/;

/**
 * Ink redraws a changed line from the first column that differs, as it measures columns. Of scripts that terminals measure
 * otherwise that would leave pieces standing, so such a line is made to differ in its first cell: space or no-break space.
 */
function useFirstCell(text: string): ' ' | '\u00a0' {
  const drawn = useRef({ text, cell: ' ' as ' ' | '\u00a0' });
  if (drawn.current.text !== text) {
    const whole = ASCII.test(drawn.current.text) && ASCII.test(text);
    const { cell } = drawn.current;
    drawn.current = { text, cell: whole ? cell : cell === ' ' ? '\u00a0' : ' ' };
  }
  return drawn.current.cell;
}

/** A row. An empty `Text` has no height, so an empty row is a space. */
function Line({ row, paint }: { row: Row; paint: Paint }) {
  const text = textOf(row);
  const cell = useFirstCell(text);
  const blank = text.startsWith(' ');
  const [first, ...others] = row;
  const spans = blank && first ? [{ ...first, text: first.text.slice(1) }, ...others] : row;
  return (
    <Text wrap="truncate-end">
      {blank || text === '' ? cell : ''}
      {spans.map(({ text, style }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other order than its own
        <Text key={i} {...(style && textStyle(style, paint))}>
          {text}
        </Text>
      ))}
    </Text>
  );
}

/** The phone: its store drawn on the terminal, its keyboard handed to the store. */
export function Phone({ store, colour }: { store: PhoneStore; colour: boolean }) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const size = useWindowSize();
  useInput((typed, key) => onKeyboard(store, typed, key));
  const paint = { colour, background: state.background };
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows}>
      {screen(state, size).map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place on the screen is what a row is
        <Line key={i} row={row} paint={paint} />
      ))}
    </Box>
  );
}

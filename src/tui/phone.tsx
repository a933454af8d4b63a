import { Box, Text, useInput, useWindowSize } from 'ink';
import { memo, useSyncExternalStore } from 'react';
import { onKeyboard } from './keyboard.ts';
import type { PhoneStore } from './phone-store.ts';
import type { Row, Style } from './rows.ts';
import { screen } from './screen.ts';

type TextStyle = { color?: string; bold?: boolean; dimColor?: boolean; inverse?: boolean };

const styleOf = ({ color, bold, dim, inverse }: Style, colour: boolean): TextStyle => ({
  ...(colour && color !== undefined && { color }),
  ...(bold && { bold }),
  ...(dim && { dimColor: true }),
  ...(inverse && { inverse }),
});

/** An empty `Text` has no height, so an empty row is a space. */
const Line = memo(function Line({ row, colour }: { row: Row; colour: boolean }) {
  return (
    <Text wrap="truncate-end">
      {row.length === 0
        ? ' '
        : row.map(({ text, style }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other order than its own
            <Text key={i} {...(style && styleOf(style, colour))}>
              {text}
            </Text>
          ))}
    </Text>
  );
});

/** The phone: its store drawn on the terminal, its keyboard handed to the store. */
export function Phone({ store, colour }: { store: PhoneStore; colour: boolean }) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const size = useWindowSize();
  useInput((typed, key) => onKeyboard(store, typed, key));
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows}>
      {screen(state, size).map((row, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place on the screen is what a row is
        <Line key={i} row={row} colour={colour} />
      ))}
    </Box>
  );
}

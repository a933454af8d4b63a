import * as z from 'zod';
import { preset, special } from '../../core/fields.ts';
import { parseDays, parseMinute } from '../../core/hours.ts';
import { isoDay } from '../../core/time.ts';
import { defineApplet } from '../_kit/define.ts';
import { applet, ask, leave, options } from '../_kit/machine.ts';

const open = z.object({
  days: special('Days', 'a list of days such as mon-fri or sat,sun', parseDays, 'Days: mon-fri, sat, or daily.').required(),
  from: special('TimeOfDay', 'a time of day such as 09:00', parseMinute, 'From this minute.').required(),
  to: special(
    'TimeOfDay',
    'a time of day such as 18:30',
    parseMinute,
    'Up to, not including, this minute; 24:00 is midnight.',
  ).required(),
});
const holiday = z.object({ date: special('Date', 'a date such as 2026-01-26', isoDay, 'The day, in the zone.').required() });

export const settings = z.object({
  zone: preset('zone', 'Asia/Kolkata', 'Time zone of the hours.'),
  open: z.array(open).default([]),
  holidays: z.array(holiday).default([]),
});
type Settings = z.output<typeof settings>;

function machine({ zone, open, holidays }: Settings) {
  return applet.createMachine({
    options,
    context: {},
    initial: 'asking',
    states: {
      asking: {
        entry: ask({ type: 'askHours', hours: { zone, open, holidays: holidays.map(({ date }) => date) } }),
        on: { 'hours.open': 'open', 'hours.closed': 'closed', ...(holidays.length > 0 && { 'hours.holiday': 'holiday' }) },
      },
      open: leave('open'),
      closed: leave('closed'),
      holiday: leave('holiday'),
    },
  });
}

export default defineApplet({
  kind: 'timing',
  element: 'Timing',
  title: 'Timing',
  doc: 'Branches on office hours.',
  settings,
  xml: {
    exits: { open: 'Within the hours.', closed: 'Outside them.', holiday: 'On a listed holiday; closed unless wired.' },
    children: {
      Open: { field: 'open', many: true, doc: 'Hours on some days.', schema: open, holds: 'nothing' },
      Holiday: { field: 'holidays', many: true, doc: 'A day off.', schema: holiday, holds: 'nothing' },
    },
  },
  takesKeys: false,
  exits: ({ holidays }) => [
    { name: 'open' },
    { name: 'closed' },
    ...(holidays.length > 0 ? [{ name: 'holiday', fallsTo: 'closed' }] : []),
  ],
  machine,
  classify: (input) => (input.type === 'hours.answered' ? `hours.${input.state}` : input.type),
  summary: ({ open, holidays, zone }) =>
    `${open.length} ${open.length === 1 ? 'shift' : 'shifts'}${holidays.length ? `, ${holidays.length} holidays` : ''}, ${zone}`,
  portability: ({ zone, open, holidays }) => {
    if (zone !== 'Asia/Kolkata')
      return { level: 'needs-server', rewrite: "Exotel's Timing knows Indian time only: ask your server with a Passthru." };
    if (holidays.length > 0)
      return { level: 'needs-server', rewrite: "Exotel's Timing has no holidays: ask your server with a Passthru before it." };
    const shifts = Math.max(0, ...[0, 1, 2, 3, 4, 5, 6].map((day) => open.filter(({ days }) => days.includes(day)).length));
    return shifts > 1
      ? { level: 'as-is', note: 'Exotel takes one shift a day: nest a second Timing in its closed exit.' }
      : { level: 'as-is' };
  },
  lint: ({ open }) => [
    ...(open.length === 0
      ? [
          {
            code: 'NEVER_OPEN',
            severity: 'warning' as const,
            path: '',
            says: 'This Timing is never open.',
            try: 'Add <Open days="mon-fri" from="09:00" to="18:00"/>.',
          },
        ]
      : []),
    ...open.flatMap(({ from, to }, i) =>
      from < to
        ? []
        : [
            {
              code: 'HOURS_BACKWARDS',
              severity: 'error' as const,
              path: `open.${i}.to`,
              says: 'These hours end before they begin.',
              try: 'Split hours that cross midnight into two Open elements.',
            },
          ],
    ),
  ],
});

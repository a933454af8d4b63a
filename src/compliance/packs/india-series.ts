import type { Source } from '../../core/source.ts';
import type { About, CheckOf, RuleData, RulePack, Sector } from './pack.ts';
import { SOURCES } from './sources.ts';

const LENDERS_AND_FUNDS: readonly Sector[] = [
  'bank',
  'small-bank',
  'rural-bank',
  'large-nbfc',
  'nbfc',
  'fund',
  'pension',
  'insurance',
  'stockbroker',
];
const DELIVERY: readonly Sector[] = ['utility', 'courier', 'logistics'];

type Series = Omit<CheckOf<'series'>, 'kind'>;
const rule = (
  id: string,
  from: string,
  about: About & Pick<RuleData, 'until' | 'source' | 'says' | 'doubt' | 'advice'>,
  series: Series,
): RuleData => ({ id, from, channels: ['voice'], ...about, check: { kind: 'series', ...series } });

const mustShow1600 = (id: string, from: string, sectors: readonly Sector[], whose: string, source: Source = SOURCES.series1600) =>
  rule(
    id,
    from,
    { classes: ['SE', 'SI', 'T'], sectors, source, says: `service calls of ${whose} show a number of the 1600 series` },
    { must: ['1600'] },
  );

/** Which numbers a call may show. */
export const INDIA_SERIES: RulePack = {
  id: 'INDIA-SERIES',
  title: 'Caller-id series',
  zone: 'Asia/Kolkata',
  oneZone: true,
  numbers: ['+91'],
  rules: [
    rule(
      'IN25-140',
      '2025-03-20',
      {
        until: '2026-07-10',
        classes: ['P'],
        source: SOURCES.tenDigits,
        says: 'a promotional call shows a number of the 140 series, and no ordinary one',
        doubt: 'of the time before 10 July 2026 only press reports were read',
      },
      { must: ['140'] },
    ),
    rule(
      'IN26-140',
      '2026-07-10',
      { classes: ['P'], source: SOURCES.series1600Or140, says: 'a promotional call shows a number of the 140 series' },
      { must: ['140'] },
    ),
    mustShow1600('IN26-1600-BANKS', '2026-01-01', ['bank'], 'commercial banks'),
    mustShow1600('IN26-1600-LARGE', '2026-02-01', ['large-nbfc', 'small-bank'], 'large NBFCs, payments and small finance banks'),
    mustShow1600('IN26-1600-FUNDS', '2026-02-15', ['fund', 'pension'], 'mutual funds and pension funds'),
    mustShow1600('IN26-1600-INSURERS', '2026-02-15', ['insurance'], 'insurers', SOURCES.series1600Insurance),
    mustShow1600('IN26-1600-OTHERS', '2026-03-01', ['nbfc', 'rural-bank'], 'other NBFCs, cooperative and rural banks'),
    mustShow1600('IN26-1600-BROKERS', '2026-03-15', ['stockbroker'], 'qualified stockbrokers'),
    rule(
      'IN26-1600-KEPT',
      '2026-07-10',
      {
        sectors: [...DELIVERY, 'other'],
        source: SOURCES.series1600Or140,
        says: 'the 1600 series is kept for the financial sector and the government',
      },
      { never: ['1600'] },
    ),
    rule(
      'IN26-1601',
      '2026-11-08',
      {
        classes: ['SE', 'SI', 'T'],
        sectors: DELIVERY,
        advice: true,
        source: SOURCES.series1601,
        says: 'service calls of utilities, couriers and logistics show a number of the 1601 series',
        doubt: 'ninety days after 10 August 2026; operators take the sectors in one after the other',
      },
      { must: ['1601'] },
    ),
    rule(
      'IN26-1601-KEPT',
      '2026-08-10',
      {
        sectors: [...LENDERS_AND_FUNDS, 'other'],
        source: SOURCES.series1601,
        says: 'the 1601 series is kept for utilities, couriers and logistics',
      },
      { never: ['1601'] },
    ),
  ],
  deadlines: [],
  penalties: [],
};

import { describe, expect, it } from 'vitest';
import { ASHA, at } from '../../test/kit/facts.ts';
import { e164 } from '../core/ids.ts';
import { consequencesOf, deadlinesOf } from './deadlines.ts';
import { DEFAULT_POLICY } from './policy.ts';

describe('by when an opt-out must be honoured', () => {
  const dues = (when: string, holidays: string[] = []) =>
    deadlinesOf(at(when), ASHA, { ...DEFAULT_POLICY, holidays }).map(({ id, due }) => [id, due]);

  it('is told by each source: a day by law, seven working days by a guide', () => {
    expect(dues('2026-11-20T18:00')).toEqual([
      ['IN18-DAY', at('2026-11-21T18:00')],
      ['GUIDE-7-DAYS', at('2026-12-02')],
    ]);
  });

  it('leaves out holidays, laws that were not yet in force, and other countries', () => {
    expect(dues('2026-11-20T18:00', ['2026-11-24'])).toContainEqual(['GUIDE-7-DAYS', at('2026-12-03')]);
    expect(dues('2019-02-27T10:00')).toEqual([['GUIDE-7-DAYS', at('2019-03-09')]]);
    expect(deadlinesOf(at('2026-11-20'), e164('+12125550100'), DEFAULT_POLICY)).toEqual([]);
  });
});

describe('what violations lead to', () => {
  const says = (violations: number, when = '2026-11-22') =>
    consequencesOf(violations, ASHA, at(when), DEFAULT_POLICY).map(
      ({ model, step }) => `${model.id} ${model.source.grade}: ${step.says}`,
    );

  it('is told by both models, each with its source', () => {
    expect(says(1)).toEqual([
      'IN25-BAR S: all outgoing services barred for 15 days, at every operator',
      'GUIDE-LADDER SRC: a warning and 1,000 rupees',
    ]);
    expect(says(3)).toEqual([
      expect.stringMatching(/^IN25-BAR S: every connection cut for a year/),
      'GUIDE-LADDER SRC: 10,000 rupees',
    ]);
    expect(says(40)[1]).toBe('GUIDE-LADDER SRC: sender id and PE-ID deactivated');
  });

  it('is nothing without a violation, and by the law nothing before it was in force', () => {
    expect(says(0)).toEqual([]);
    expect(says(1, '2025-01-20')).toEqual(['GUIDE-LADDER SRC: a warning and 1,000 rupees']);
  });
});

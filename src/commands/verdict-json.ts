import type { Reason, Verdict } from '../core/facts.ts';
import { isoIst } from '../core/time.ts';

/** A verdict as `--json` prints it: instants as ISO, facts by what they are. */
export function verdictJson(verdict: Verdict): Record<string, unknown> {
  const told =
    verdict.verdict === 'allow' ? { ground: reasonJson(verdict.ground) } : { reasons: verdict.reasons.map(reasonJson) };
  return {
    verdict: verdict.verdict,
    ...told,
    warnings: verdict.warnings.map(reasonJson),
    ...(verdict.verdict === 'defer' && { nextAllowedAt: isoIst(verdict.nextAllowedAt) }),
  };
}

const reasonJson = ({ facts, until, ...reason }: Reason): Record<string, unknown> => ({
  ...reason,
  ...(until !== undefined && { until: isoIst(until) }),
  facts: facts.map((fact) => ({ ...fact, at: isoIst(fact.at), recordedAt: isoIst(fact.recordedAt) })),
});

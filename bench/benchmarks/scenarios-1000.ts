import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { CannotMeasure, type Goal, type Measured } from '../benchmark.ts';
import { builtProgram } from '../built.ts';
import { interleaved } from '../measure.ts';
import { makeSuite, SUITE_SIZE, VITEST } from '../scenario-suite.ts';

/*
 * 1,000 scenarios of the appointment flow, each with a customer of its own, as whole processes: `press9 test` on 1,000
 * files, their reading included, against the same 1,000 as vitest tests in one file through `press9/testing`.
 */
export const name = 'scenarios-1000';
export const goal: Goal = { ratio: 3, sense: 'at-least' };

export async function run(): Promise<readonly Measured[]> {
  const bin = builtProgram();
  const { folder, remove } = makeSuite(
    readFileSync(new URL('../../flows/appointment-reminder/flow.xml', import.meta.url), 'utf8'),
  );
  const programs = {
    ours: { args: [bin, 'test', 'scenarios'], proof: `${SUITE_SIZE} passed, 0 failed` },
    vitest: { args: [VITEST, 'run', '--root', folder], proof: `${SUITE_SIZE} passed` },
  };
  const speed = async (program: keyof typeof programs): Promise<number> => {
    const { args, proof } = programs[program];
    const begun = performance.now();
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    const took = performance.now() - begun;
    if (!stdout.includes(proof))
      throw new CannotMeasure(`${program} did not say "${proof}" but: ${`${stdout}${stderr}`.slice(-400)}`);
    return (SUITE_SIZE * 1000) / took;
  };
  try {
    await speed('ours');
    await speed('vitest');
    const { ours, vitest } = await interleaved(['ours', 'vitest'] as const, speed);
    return [{ against: 'vitest through press9/testing', unit: 'scenarios/s', ours, theirs: vitest, judged: true }];
  } finally {
    remove();
  }
}

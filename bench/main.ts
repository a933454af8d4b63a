import { CannotMeasure, type Goal } from './benchmark.ts';
import { loadBenchmark, parseArguments } from './catalogue.ts';
import { type Row, toJson, toRow, toTable } from './report.ts';

const wanted = parseArguments(process.argv.slice(2));
if (!wanted.ok) {
  console.error(wanted.says);
  process.exitCode = 2;
} else {
  const rows: Row[] = [];
  const senses = new Map<string, Goal['sense']>();
  for (const name of wanted.names) {
    const { goal, run } = await loadBenchmark(name);
    senses.set(name, goal.sense);
    try {
      for (const measured of await run()) {
        const row = toRow(name, goal, measured);
        rows.push(row);
        if (wanted.json) console.log(toJson(row));
      }
    } catch (error) {
      if (!(error instanceof CannotMeasure)) throw error;
      console.error(`${name}: ${error.message}`);
      process.exitCode = 1;
    }
  }
  if (!wanted.json && rows.length > 0) console.log(toTable(rows, senses));
}

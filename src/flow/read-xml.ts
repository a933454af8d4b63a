import { XMLValidator } from 'fast-xml-parser';
import type { Place, Problem } from '../core/problem.ts';
import { decode } from './decode.ts';
import { placesIn } from './lines.ts';
import type { Flow } from './model.ts';
import type { Reading } from './read-attributes.ts';
import { type Draft, readRoot } from './read-root.ts';
import { createReport } from './report.ts';
import { scan } from './scan.ts';

/** `problems` of a flow that was read are warnings. */
export type ReadFlow =
  | { ok: true; flow: Flow; problems: readonly Problem[] }
  | { ok: false; problems: readonly Problem[]; draft?: Draft };

/**
 * Reads a flow file. What is not well-formed XML is one problem; a well-formed file gives all of its problems, by position.
 * @param file its name, as problems shall show it.
 */
export function readFlow(bytes: Uint8Array, file: string): ReadFlow {
  const decoded = decode(bytes);
  const placeOf = placesIn(decoded.text, file);
  const scanned = decoded.ok ? scan(decoded.text) : decoded;
  if (!scanned.ok) {
    const { code, offset, says, try: advice } = scanned.fault;
    return { ok: false, problems: [{ code, severity: 'error', at: placeOf(offset), says, try: advice }] };
  }
  const objection = secondOpinion(decoded.text, file);
  if (objection) return { ok: false, problems: [objection] };
  const reading: Reading = { placeOf, report: createReport(placeOf), targets: [] };
  const draft = readRoot(reading, scanned.root);
  const problems = reading.report.all();
  if (draft && !problems.some(({ severity }) => severity === 'error')) return { ok: true, flow: draft.flow, problems };
  return { ok: false, problems, ...(draft && { draft }) };
}

/**
 * fast-xml-parser's validator looks at what our scanner let pass. The scanner comes first because the validator puts
 * unclosed tags at 1:1, does not bound nesting, and lets DOCTYPE and unknown entities pass.
 */
function secondOpinion(text: string, file: string): Problem | undefined {
  const verdict = XMLValidator.validate(text);
  if (verdict === true) return undefined;
  const at: Place = { file, line: verdict.err.line || 1, column: verdict.err.col || 1 };
  return { code: 'FLOW_NOT_XML', severity: 'error', at, says: verdict.err.msg, try: 'Mend the XML here.' };
}

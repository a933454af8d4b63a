import type { FetchAnswer } from '../../core/input.ts';

/** The value of a JSON answer with status 200 and a JSON content type; undefined for anything else. */
export function parseJsonAnswer(answer: FetchAnswer): unknown {
  if (answer.status !== 200 || !/^application\/json\b/i.test(answer.contentType.trim())) return undefined;
  return parseJson(answer.body);
}

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

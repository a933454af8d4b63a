import type { Verdict } from '../src/core/facts.ts';
import type { CallbackSink, Gate, HttpClient, OptOutResult, OptOuts, SmsGateway } from '../src/core/ports.ts';

const ALLOWED: Verdict = {
  verdict: 'allow',
  ground: { code: 'BENCH', says: 'a benchmark calls nobody', facts: [] },
  warnings: [],
};
const RECORDED: OptOutResult = { ok: true, fact: 'fact-1' };

/** Asked by every program here: a gate that allows, and a store that has written at once. Both answer by a promise, as ports do. */
export const allow: Gate = { ask: async () => ALLOWED };
export const recorded: OptOuts = { record: async () => RECORDED };

const never = (): never => {
  throw new Error('The appointment call uses no web request, SMS or callback.');
};
export const unused: {
  http: HttpClient;
  sms: SmsGateway;
  callbacks: CallbackSink;
} = {
  http: { send: never },
  sms: { send: never },
  callbacks: { send: never },
};

import { fold } from '../call/fold.ts';
import { type LiveCall, placeCall } from '../call/run.ts';
import { heardOf, transcript } from '../call/transcript.ts';
import { type CallView, emptyView } from '../call/view.ts';
import { scenarioWorlds } from '../commands/scenario-world.ts';
import type { Logged } from '../core/event.ts';
import { type Fact, sayReasons } from '../core/facts.ts';
import { type Ms, ms } from '../core/ids.ts';
import type { Post } from '../core/ports.ts';
import { UserError } from '../core/problem.ts';
import { parseDuration } from '../core/time.ts';
import { callbacksOf } from '../exotel/callback.ts';
import { CALLBACKS, type Traces } from '../scenario/expect.ts';
import { type Ear, earAt, listen, sayMatch } from '../scenario/hearing.ts';
import { canPress, parseKeys, TYPING } from '../scenario/keys.ts';
import { nearest } from '../scenario/nearest.ts';
import type { ScenarioWorld } from '../scenario/world.ts';
import { flowAt, flowFile } from './flows.ts';
import { type CallOptions, scenarioFor } from './options.ts';
import { keepPace, type Pace } from './pace.ts';
import { CallFailure, type TestCall, type Words, wordsToMatch } from './test-call.ts';

/**
 * Calls the customer of a flow, up to the moment they pick up.
 * @param flow the flow file, or a folder that holds flow.xml, from the working folder; or a `file:` URL
 * @throws UserError when the flow cannot be run, or an option means nothing
 */
export async function call(flow: string | URL, options: CallOptions = {}): Promise<TestCall> {
  const cwd = process.cwd();
  const scenario = scenarioFor(await flowFile(cwd, flow), cwd, options);
  const world = await scenarioWorlds(cwd, (path, about) => flowAt(cwd, path, about), options.seed)(scenario);
  const test = new Driven(world);
  await test.begin();
  return test;
}

class Driven implements TestCall {
  refused: string | undefined;
  readonly #world: ScenarioWorld;
  readonly #pace: Pace;
  readonly #view = emptyView();
  #call: LiveCall | undefined;
  #facts: readonly Fact[] = [];
  #ear: Ear = { speech: 0, char: 0 };
  #told = 0;

  constructor(world: ScenarioWorld) {
    this.#world = world;
    this.#pace = keepPace(world.clock, () => world.run());
  }

  async begin(): Promise<void> {
    const { plan, facts, ports } = this.#world;
    const heard = (logged: Logged): void => {
      fold(this.#view, logged);
      this.#pace.look();
    };
    const placed = await placeCall(plan, facts, { ...ports, clock: this.#pace.clock }, { listeners: [heard] });
    if (placed.placed) this.#call = placed.call;
    else this.refused = sayReasons(placed.verdict);
    await this.#until(() => this.#view.answeredAt !== undefined || this.#over);
  }

  async press(keys: string): Promise<void> {
    const parsed = parseKeys(keys);
    const [item, ...more] = parsed.ok ? parsed.items : [];
    if (!item || more.length > 0 || (item.type !== 'press' && item.type !== 'barge'))
      throw new UserError(`press: "${keys}" is no key. Use 9, 4711# or, into the prompt, !9.`);
    for (const [i, digit] of item.digits.entries()) {
      if (i > 0) await this.#pass(TYPING);
      else if (item.type === 'press') await this.#untilAsked();
      this.#live(`press ${keys}`).press(digit);
      this.#ear = earAt(this.#view.speeches, this.#pace.clock.now());
    }
    await this.#settle();
  }

  async wait(time: string | number): Promise<void> {
    const length = typeof time === 'number' ? ms(time) : parseDuration(time);
    if (length === undefined || !(length >= 0)) throw new UserError(`wait: "${time}" is no duration such as 5s or 500ms.`);
    await this.#pass(length);
    await this.#settle();
  }

  async hear(words: Words): Promise<void> {
    const match = wordsToMatch(words);
    const { clock } = this.#pace;
    let alarm: Ms | undefined;
    let next: Ear | undefined;
    await this.#until(() => {
      const hearing = listen(this.#view, this.#ear, match, clock.now());
      if (hearing.type === 'heard') next = hearing.next;
      else if (hearing.type === 'coming' && hearing.at !== alarm) {
        alarm = hearing.at;
        clock.alarm(alarm, () => {});
      }
      return next !== undefined;
    });
    if (!next) throw this.#failure(`hear ${sayMatch(match)}`, nearest({ type: 'hear', match }, this.#view));
    this.#ear = next;
    await this.#settle();
  }

  async at(applet: string): Promise<void> {
    const seen = this.#view.visited.length;
    const isThere = (): boolean =>
      this.#view.node === applet || this.#view.visited.some(({ node }, i) => i >= seen && node === applet);
    await this.#until(() => isThere() || this.#over);
    if (!isThere()) throw this.#failure(`at ${applet}`, nearest({ type: 'at', node: applet }, this.#view));
    await this.#settle();
  }

  async hangUp(): Promise<void> {
    this.#live('hang up').hangUp();
    await this.#settle();
  }

  async end(): Promise<CallView> {
    await this.#until(() => false);
    await this.#settle();
    return this.#view;
  }

  heard(): string {
    const now = this.#pace.clock.now();
    const customer = this.#view.speeches.filter(({ leg }) => leg === 1);
    return customer
      .map((speech) => heardOf(speech, now).heard)
      .filter(Boolean)
      .join('\n');
  }

  log = (): readonly Logged[] => this.#call?.log ?? [];
  view = (): CallView => this.#view;
  transcript = (): string => transcript(this.#view).join('\n');
  facts = (): readonly Fact[] => this.#facts;
  webhooks = (): readonly Post[] => this.#world.webhooks();

  traces(): Traces {
    const log = this.log();
    return {
      view: this.#view,
      webhooks: this.webhooks(),
      facts: this.#facts,
      ...(this.refused !== undefined && { refused: this.refused }),
      get callbacks() {
        return callbacksOf(log, CALLBACKS);
      },
    };
  }

  get #over(): boolean {
    return this.#call === undefined || this.#view.ended !== undefined;
  }

  async #untilAsked(): Promise<void> {
    const asked = (): boolean => this.#over || (this.#call !== undefined && canPress(this.#call));
    // What else happens at the instant may take the chance away again.
    do await this.#until(asked);
    while (!asked());
  }

  async #pass(length: Ms): Promise<void> {
    let over = false;
    this.#pace.clock.alarm(ms(this.#pace.clock.now() + length), () => {
      over = true;
    });
    await this.#until(() => over);
  }

  async #until(done: () => boolean): Promise<void> {
    await this.#pace.until(done);
  }

  /** Everything that belongs to this instant happens, and a server that nobody expected is told of. */
  async #settle(): Promise<void> {
    await this.#until(() => true);
    this.#facts = await this.#world.known();
    const [request] = this.#world.unexpected().slice(this.#told);
    this.#told = this.#world.unexpected().length;
    if (!request) return;
    const url = request.url.replace(/[?#].*$/s, '');
    throw this.#failure(
      'no web request that nothing answers',
      `${request.method} ${url} was asked. Answer it: { http: [{ url: '${url}', body: '…' }] }, or fail: 'refused'`,
    );
  }

  #live(wanted: string): LiveCall {
    if (this.#call && !this.#over) return this.#call;
    throw this.#failure(
      wanted,
      this.refused === undefined ? nearest({ type: 'hang up' }, this.#view) : `it was refused: ${this.refused}`,
    );
  }

  #failure(wanted: string, instead: string): CallFailure {
    const lines = this.#view.lines.length > 0 ? `\n\n${this.transcript()}` : '';
    return new CallFailure(`${wanted}: ${instead}${lines}`);
  }
}

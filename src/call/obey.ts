import { accepts } from '../core/accept.ts';
import { chooseCase } from '../core/cases.ts';
import type { AppletCommand, CallCommand } from '../core/command.ts';
import { openState } from '../core/hours.ts';
import { ms } from '../core/ids.ts';
import { BrokenInvariant } from '../core/problem.ts';
import type { Param } from '../core/stage.ts';
import { dialAgents } from './dialling.ts';
import { jsonOf, languageOf, stageOf } from './lookup.ts';
import { playEvent } from './render.ts';
import { standOf, standWith } from './runtime.ts';
import type { CallState } from './state.ts';
import { inAddress } from './template.ts';
import { text } from './text.ts';
import { type Act, begin, end, goesRound, goTo, hangUpLegs, log, ownInput, type Turn } from './turn.ts';

type Handler<T> = (turn: Turn, command: Extract<AppletCommand, { type: T }>) => void;
type Handlers = { [T in AppletCommand['type']]: Handler<T> };

const MOST_FRAMES = 32;

const command = (turn: Turn, it: CallCommand): void => log(turn, { type: 'command', command: it });

/** A port command whose outcome the applet waits for. */
const awaited = (turn: Turn): number => {
  turn.s.awaited = ++turn.s.serial;
  return turn.s.serial;
};

function save(turn: Turn, name: string, value: string): void {
  turn.s.variables = { ...turn.s.variables, [name]: value };
  log(turn, { type: 'saved', name, value });
}

const withParams = (url: string, params: readonly Param[]): string => {
  if (params.length === 0) return url;
  const [before = '', fragment] = url.split('#', 2);
  const query = params.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  return `${before}${before.includes('?') ? (/[?&]$/.test(before) ? '' : '&') : '?'}${query}${fragment === undefined ? '' : `#${fragment}`}`;
};

function linkedFlow(turn: Turn, written: string) {
  const { flows } = turn.plan;
  const name = flows.links.get(turn.s.flow.name)?.get(written);
  const flow = name === undefined ? undefined : flows.flows.get(name);
  if (!flow) throw new BrokenInvariant(`flow "${turn.s.flow.name}": "${written}" was not loaded`);
  return flow;
}

const agentOf = ({ legs }: CallState): number => legs.find((one) => one.leg > 1 && one.state === 'answered')?.leg ?? 2;

const handlers: Handlers = {
  play(turn, { prompt, to }) {
    const { s, plan } = turn;
    s.playing = true;
    log(turn, playEvent(prompt, to === 'agent' ? agentOf(s) : 1, languageOf(s), plan.flows.audio, turn, text));
  },
  stop(turn) {
    if (!turn.s.playing) return;
    turn.s.playing = false;
    command(turn, { type: 'stop' });
  },
  key(turn, { was }) {
    const { s, key } = turn;
    if (key === undefined) throw new BrokenInvariant(`applet "${s.stand?.node.id}" speaks of a key when there was none`);
    if (was === 'taken') {
      s.typed += key;
      s.lastKey = key;
    }
    log(turn, { type: 'key', digit: key, was });
  },
  forwardKey(turn) {
    turn.s.forwarded = turn.key;
  },
  swallowNext(turn, { digit, within }) {
    turn.s.swallow = { digit, until: ms(turn.at + within) };
  },
  clearKeys(turn) {
    turn.s.typed = '';
  },
  judgeKeys(turn, { accept }) {
    const keys = turn.s.typed;
    ownInput(turn, { type: 'keys.judged', keys, accepted: accept === undefined || accepts(accept, keys) });
  },
  acceptKeys(turn, { save: name }) {
    turn.s.digits = turn.s.typed;
    log(turn, { type: 'digits.accepted', digits: turn.s.typed });
    if (name !== undefined) save(turn, name, turn.s.typed);
  },
  save: (turn, { name, value }) => save(turn, name, text(turn, value)),
  fetch(turn, { method, url, timeout, headers = [], async = false }) {
    const { s, plan, at } = turn;
    const id = async ? ++s.serial : awaited(turn);
    const target = withParams(text(turn, url, inAddress), plan.dialect.params(stageOf(s, at)));
    command(turn, { type: 'fetch', id, method, url: target, headers, timeout, async });
  },
  become(turn, { plain }) {
    const { stand, answered, flow } = turn.s;
    const settings = stand?.applet.read?.(plain ? undefined : answered, stand.settings);
    if (!stand || settings === undefined) throw new BrokenInvariant(`applet "${stand?.node.id}" became nothing`);
    turn.next = () => begin(turn, standWith(flow, stand.node, settings, turn.plan.oracle));
  },
  restart(turn) {
    const { stand, flow } = turn.s;
    if (!stand) return;
    turn.next = () => {
      if (!goesRound(turn, stand.node.id)) begin(turn, standOf(flow, stand.node, turn.plan.oracle));
    };
  },
  keepAnswer(turn, { save: name }) {
    const { s } = turn;
    s.kept = s.answered;
    if (name !== undefined && s.answered) save(turn, name, s.answered.body.trim());
  },
  askCase(turn, { on, cases }) {
    const select = on === undefined ? jsonOf(turn.s.kept)?.['select'] : text(turn, on);
    const value = typeof select === 'string' || typeof select === 'number' ? String(select).slice(0, 1000) : '';
    ownInput(turn, { type: 'case.answered', value, exit: chooseCase(cases, value) });
  },
  askHours: (turn, { hours }) => ownInput(turn, { type: 'hours.answered', state: openState(turn.at, hours) }),
  askVisits(turn, { max }) {
    const { s } = turn;
    const place = `${s.flow.name} ${s.stand?.node.id}`;
    const visits = (s.visits[place] ?? 0) + 1;
    s.visits = { ...s.visits, [place]: visits };
    ownInput(turn, { type: 'visits.answered', visits, exceeded: visits > max });
  },
  sendSms(turn, { text: raw, to }) {
    const number = to === undefined ? turn.s.facts.customer : text(turn, to);
    command(turn, { type: 'sendSms', id: awaited(turn), to: number, text: text(turn, raw) });
  },
  dialAgents,
  dropAgents: (turn) => hangUpLegs(turn, 2),
  optOut(turn, { scope, url }) {
    const { s } = turn;
    if (!s.stand) return;
    const id = awaited(turn);
    const told = url === undefined ? {} : { url: text(turn, url, inAddress) };
    command(turn, { type: 'optOut', id, node: s.stand.node.id, scope, ...(s.lastKey && { key: s.lastKey }), ...told });
  },
  record(turn, { on, save: name }) {
    command(turn, { type: 'record', on, leg: 1 });
    if (on) turn.s.recorded = 'voicemail';
    else if (name !== undefined) save(turn, name, turn.plan.dialect.recording(turn.s.facts.call));
  },
  goToFlow(turn, { flow }) {
    turn.next = () => {
      turn.s.stand = undefined;
      goTo(turn, linkedFlow(turn, flow));
    };
  },
  callFlow(turn, { flow }) {
    const { s } = turn;
    const { stand, machine } = s;
    if (!stand || !machine) return;
    turn.next = () => {
      if (s.frames.length >= MOST_FRAMES) {
        end(turn, { by: 'loop', nodes: s.frames.map((frame) => frame.stand.node.id) });
        return;
      }
      s.frames = [...s.frames, { flow: s.flow, stand, machine }];
      goTo(turn, linkedFlow(turn, flow));
    };
  },
  hangUp(turn, { why }) {
    const node = turn.s.stand?.node.id;
    if (node !== undefined) turn.next = () => end(turn, { by: why, node });
  },
  leave(turn, { exit }) {
    turn.exit = exit;
  },
};

/** What an applet asks, as an act: it answers what the call knows itself, and hands the rest to the log as commands. */
export function bind(asked: AppletCommand): Act {
  const handler = handlers[asked.type] as (turn: Turn, command: AppletCommand) => void;
  return (turn) => handler(turn, asked);
}

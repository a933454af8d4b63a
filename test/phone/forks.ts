import { viewOf } from '../../src/call/fold.ts';
import { momentsOf } from '../../src/call/moments.ts';
import type { Logged } from '../../src/core/event.ts';
import type { Gives } from '../../src/core/gives.ts';
import { type Ms, ms } from '../../src/core/ids.ts';
import type { PhoneCall, Simulation, SimulationStart } from '../../src/tui/session.ts';
import { type PhoneStage, type StageOptions, setStage, settle } from './stage.ts';

export const CLINIC = `<Flow name="clinic" start="menu" class="service-implicit">
  <IvrMenu id="menu" timeout="5s" noInput="bye" invalid="bye"><Say>Press 1, 2 or 9.</Say>
    <Key digit="1" next="slots"/><Key digit="2" next="text"/><Key digit="9" next="out"/><Key digit="0" next="desk"/></IvrMenu>
  <Passthru id="slots" url="https://clinic.example/slots" save="slot"><On status="200" next="tell"/><Else next="bye"/></Passthru>
  <Greeting id="tell" next="menu"><Say>Your slot is {{slot}}.</Say></Greeting>
  <Sms id="text" next="menu">See you</Sms>
  <OptOut id="out" url="https://clinic.example/optouts" next="menu" failed="bye"/>
  <Connect id="desk" to="+918011111111" answered="bye" noAnswer="bye"/>
  <Hangup id="bye"/>
</Flow>`;

export const answered = (body: string, after = 0): Gives => ({
  type: 'answer',
  status: 200,
  contentType: 'text/plain',
  after: ms(after),
  body,
});

export type Stage = PhoneStage & { phone: PhoneCall; wait(seconds: number): Promise<void> };

/** A call on the phone, at its menu. */
export async function atTheMenu(options: StageOptions = {}, flow = CLINIC): Promise<Stage> {
  const stage = await setStage(flow, options);
  const placed = await stage.session.dial();
  if (!placed.placed) throw new Error('refused');
  const wait = async (seconds: number) => {
    await stage.clock.advance((seconds * 1000) as Ms);
    await settle(stage);
  };
  await wait(0);
  placed.phone.answer();
  await wait(4);
  return { ...stage, phone: placed.phone, wait };
}

/** The log as it was before a key was pressed, or whatever else is looked for. */
export function until(log: readonly Logged[], found: (e: Logged['e']) => boolean): readonly Logged[] {
  const at = log.findIndex(({ e }) => found(e));
  if (at < 0) throw new Error('it never happened');
  return log.slice(
    0,
    momentsOf(log).findLast((count) => count <= at),
  );
}
export const pressed = (digit: string) => (e: Logged['e']) =>
  e.type === 'input' && e.input.type === 'digit' && e.input.digit === digit;

/** Goes on from there, running. */
export function fork({ session, phone }: Stage, log: readonly Logged[], more: Pick<SimulationStart, 'edited'> = {}): Simulation {
  const simulation = session.simulate({ log, flows: phone.flows, recorded: phone.call.log, ...more });
  simulation.clock.resume();
  return simulation;
}
export const saved = ({ call }: PhoneCall) => viewOf(call.log).saved['slot'];

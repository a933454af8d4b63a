import type { AnyApplet } from '../src/applets/index.ts';
import { attributesOf, sampleOf } from '../src/flow/elements.ts';

/** Snippets of the language reference, by element. Exits lead to ids that the reader may imagine. */
const EXAMPLES: Readonly<Record<string, string>> = {
  Greeting: `<Greeting id="welcome" dtmf="forward" next="menu">
  <Say>Hello {{name}}, your appointment is tomorrow at 3 PM.</Say>
</Greeting>`,
  IvrMenu: `<IvrMenu id="menu" timeout="5s" tries="3" noInput="bye" invalid="bye">
  <Say>Press 1 to confirm, press 2 to reschedule, or press 9 to stop receiving these calls.</Say>
  <Invalid><Say>That key is not offered.</Say></Invalid>
  <Key digit="1" next="confirmed"/>
  <Key digit="2" set="wants=another day" next="reschedule"/>
  <Key digit="9" next="optOut"/>
</IvrMenu>`,
  Gather: `<Gather id="slot" digits="2" accept="1-24" tries="2" save="slot" next="booked" noInput="bye" invalid="bye">
  <Say>Enter the hour of the delivery, from 1 to 24, then press hash. For a person press 0.</Say>
  <Key digit="0" next="agent"/>
</Gather>`,
  Passthru: `<Passthru id="balance" url="https://bank.example/balance" timeout="5s">
  <On status="200" next="tell"/>
  <On status="302" next="agent"/>
  <Else next="sorry"/>
</Passthru>`,
  SwitchCase: `<SwitchCase id="which" on="{{plan}}">
  <Case value="gold" next="goldDesk"/>
  <Case like="silver*" next="silverDesk"/>
  <Case from="1" to="5" next="newDesk"/>
  <Else next="desk"/>
</SwitchCase>`,
  Sms: `<Sms id="link" next="bye">Kaveri Clinic: pick a new slot at https://clinic.example/r</Sms>`,
  Connect: `<Connect id="agent" to="+918000000001,+918000000002" ringFor="20s" answered="bye" noAnswer="message">
  <Whisper><Say>A call about an appointment.</Say></Whisper>
</Connect>`,
  Timing: `<Timing id="hours" open="menu" closed="message">
  <Open days="mon-fri" from="09:00" to="18:00"/>
  <Open days="sat" from="10:00" to="14:00"/>
  <Holiday date="2027-01-26"/>
</Timing>`,
  Voicemail: `<Voicemail id="message" maxLength="60s" save="recording" next="bye">
  <Say>Please leave a message, and press hash when you are done.</Say>
</Voicemail>`,
  Transfer: `<Transfer id="office" flow="../office-hours/flow.xml"/>`,
  Subflow: `<Subflow id="optOut" flow="opt-out.xml" next="bye"><Return name="failed" next="notNow"/></Subflow>`,
  Limit: `<Limit id="again" max="2" next="menu" exceeded="agent"/>`,
  OptOut: `<OptOut id="optOut" scope="all" url="https://clinic.example/optouts" next="removed" failed="bye"/>`,
  Hangup: `<Hangup id="bye"/>`,
};

/** A snippet that reads without problems; for an applet without one here, its required parts. */
export function exampleOf(applet: AnyApplet): string {
  const { element, kind, xml, settings } = applet;
  const known = EXAMPLES[element];
  if (known !== undefined) return known;
  const required = attributesOf(settings).flatMap((spec) => (spec.required ? [` ${spec.name}="${sampleOf(spec)}"`] : []));
  const exits = Object.keys(xml.exits).map((exit) => ` ${exit}="bye"`);
  const tag = `<${element} id="${kind}"${required.join('')}${exits.join('')}`;
  if (xml.prompt) return `${tag}>\n  <Say>…</Say>\n</${element}>`;
  return xml.text ? `${tag}>…</${element}>` : `${tag}/>`;
}

export const WHOLE = `<?xml version="1.0" encoding="UTF-8"?>
<Flow name="appointment-reminder" start="welcome" class="service-implicit" language="en-IN">
  <Unanswered on="busy no-answer">Kaveri Clinic called: your appointment is tomorrow at 3 PM.</Unanswered>
  <Greeting id="welcome" next="menu">
    <Say>This is Kaveri Clinic. Your appointment is tomorrow at 3 PM.</Say>
  </Greeting>
  <IvrMenu id="menu" noInput="bye" invalid="bye">
    <Say>Press 1 to confirm, or press 9 to stop receiving these calls.</Say>
    <Key digit="1" next="confirmed"/>
    <Key digit="9" next="optOut"/>
  </IvrMenu>
  <Greeting id="confirmed" goal="confirmed" next="bye"><Say>Thank you for confirming.</Say></Greeting>
  <OptOut id="optOut" url="https://clinic.example/optouts" next="removed" failed="bye"/>
  <Greeting id="removed" next="bye"><Say>You have been removed from our call list.</Say></Greeting>
  <Hangup id="bye"/>
</Flow>`;

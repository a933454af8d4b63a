/** What `press9 init` writes: path and text. Small enough to be read before it is changed. */
export const STARTER: Readonly<Record<string, string>> = {
  'flows/reminder/flow.xml': `<?xml version="1.0" encoding="UTF-8"?>
<!-- A reminder call: key 1 confirms, key 9 puts the caller on the do-not-call list. -->
<Flow name="reminder" start="welcome" class="service-implicit" language="en-IN">
  <Greeting id="welcome" dtmf="forward" next="menu">
    <Say>Hello {{name}}, this is Sunrise Clinic. Your appointment is tomorrow at 3 PM.</Say>
  </Greeting>
  <IvrMenu id="menu" timeout="5s" tries="2" noInput="goodbye" invalid="goodbye">
    <Say>Press 1 to confirm, or press 9 to stop receiving these calls.</Say>
    <Key digit="1" next="confirmed"/>
    <Key digit="9" next="optOut"/>
  </IvrMenu>
  <Greeting id="confirmed" goal="confirmed" next="goodbye"><Say>Thank you for confirming.</Say></Greeting>
  <OptOut id="optOut" next="removed" failed="goodbye"/>
  <Greeting id="removed" next="bye"><Say>You have been removed from our call list.</Say></Greeting>
  <Greeting id="goodbye" next="bye"><Say>Goodbye.</Say></Greeting>
  <Hangup id="bye"/>
</Flow>
`,
  'flows/reminder/contacts.csv': `phone,name
9876543210,Asha
`,
  'flows/reminder/scenarios/presses-1.yaml': `# The caller confirms. The path of this file is its title.
flow: ../flow.xml
call: { contact: { name: Asha } }
steps:
  - hear: Hello Asha
  - press: 1
  - hear: Thank you for confirming
expect:
  status: completed
  digits: 1
  goals: confirmed
  dnc: []
`,
  'flows/reminder/scenarios/presses-9.yaml': `# Key 9, into the prompt: the number is on the do-not-call list, and the caller is told so.
flow: ../flow.xml
call: { contact: { name: Asha } }
steps:
  - hear: press 9
  - press: "!9"
  - hear: You have been removed
expect:
  ended at: bye
  dnc: [{ scope: all, key: 9 }]
  never: [confirmed]
`,
  'flows/reminder/scenarios/silence-ends-politely.yaml': `# Nobody presses anything: the menu is offered twice, then the call says goodbye.
flow: ../flow.xml
call: { contact: { name: Asha } }
steps:
  - hear: Press 1 to confirm
  - hear: Press 1 to confirm
  - hear: Goodbye
expect:
  status: completed
  digits: null
`,
  '.github/workflows/call-flows.yml': `# Checks the call flows and runs their scenarios on every push. Other CI systems need the same two commands.
name: call flows
on: [push, pull_request]
jobs:
  press9:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 24 }
      - run: npm ci
      - run: npx press9 check flows
      - run: npx press9 test flows --reporter github
`,
};

export const NEXT_COMMANDS = [
  'npx press9 test flows',
  'npx press9 run flows/reminder/flow.xml --contact flows/reminder/contacts.csv#1',
] as const;

/** What `press9 test --help` tells besides the options. */
export const TEST_HELP = `
A scenario is a YAML file in a folder named scenarios, or named *.scenario.yaml; a file named on the command line is one in
any case. Its path is its title.

  flow: ../flow.xml             # from the scenario's folder; this is the default in a folder scenarios, flow.xml elsewhere
  about: Asha opts out          # for whoever reads the report
  call: { to: "9876543210", contact: { name: Asha }, at: 2026-11-23T10:00 }
                                # also from, inbound, contact: FILE.csv#ROW, set, customField, campaign, timeLimit, ringFor
  world:                        # callee, agents, dnc (numbers on the list before), store: failing, and what servers answer:
    http: [{ url: "https://clinic.example/*", status: 200, body: gold, after: 2s }]   # fail, times, in order, json, headers
  steps:                        # in this order; each is done as soon as the call lets it
    - hear: press 9             # part of what the caller really heard since the last key; { text: … } whole, { regex: … }, { any: true }
    - press: 9                  # after the prompt; "!9" at once, into it; 4711# several keys
    - keep pressing: 12         # 1, 2, 1 and so on, whenever a key is asked for, to the end of the call
    - wait: 2s
    - at: removed               # an applet is reached
    - quiet until: 20s          # after the answer; or an applet's id, or end
    - hang up
  expect:                       # what holds when the call is over; what is not named may be anything
    status: completed           # busy, no-answer, failed, canceled, refused
    ended at: bye               # also ended by, duration: 10s..20s, digits, saved, goals, heard, never heard, sms,
    dnc: [{ scope: all }]       # requests, webhooks, callbacks, visited, never
  each:                         # once for each row, {{name}} filled in everywhere
    - { name: Asha }

A web request that no rule answers is a failure.

Reporters: pretty for people; junit, json and tap for machines, one of them on standard output or each in a file
(--reporter junit=report.xml); github for annotations. With files alone, pretty is shown besides. json is one object:
  {"passed", "failed", "took": ms, "stopped": bail|interrupted (when it was),
   "scenarios": [{"title", "file", "took", "status": passed|failed|broken, "about",
     "failures": [{"file", "line", "column", "expected", "instead", "step", "since"}], "transcript": [lines],
     "problems": [{"file", "line", "column", "code", "message", "try"}]}]}
step is the number of a step that could not be done, since how many lines of the transcript stood before its turn;
failures and transcript are there when it failed, problems when it is broken.

--update changes expect: in the files, where every step was done and what was expected is a record of what happened;
heard, never heard and never are left to people, and so are rows of each.

--monkey 500 runs no scenarios: so many random callers call each flow (flow files, or the flow.xml files of folders). They must
find no way in which an opt-out is lost or not honoured, no call without an end. What they find is shrunk to the shortest call and
written beside the flow as scenarios/monkey-CODE.yaml, which fails until it is mended; never over another file.

Exit codes: 0 all passed, 1 failures, no scenario found, or too little coverage, 2 usage, 70 our bug, 130 interrupted.`;

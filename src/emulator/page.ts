import type { CallRecord } from '../core/call-record.ts';
import type { Ms } from '../core/ids.ts';
import { maskNumber } from '../core/phone.ts';
import type { PostRecord } from '../core/post-record.ts';
import { isoIst, plainIst } from '../core/time.ts';
import type { Violation } from '../core/violation.ts';
import { tellViolation } from './violations.ts';
import { withoutSecrets } from './without-secrets.ts';

export type PageData = {
  sid: string;
  now: Ms;
  total: number;
  calls: readonly CallRecord[];
  posts: readonly PostRecord[];
  violations: readonly Violation[];
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const text = (value: string): string => value.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

/** What may be on the page: its own style, and nothing else. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.5rem; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); vertical-align: top; }
h2 { font-size: 1.1rem; margin-bottom: .25rem; }
code { font-size: .9em; overflow-wrap: anywhere; }
.violation { border-left: .3rem solid #b3261e; padding-left: .6rem; }`;

/** The page at `/`: calls, callbacks and violations. It reads itself again every few seconds and runs no script. */
export function page({ sid, now, total, calls, posts, violations }: PageData): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3">
<title>press9: ${total} calls</title>
<style>${STYLE}</style>
</head>
<body>
<h1>press9 emulator</h1>
<p>Account <code>${text(sid)}</code>, ${text(isoIst(now).slice(0, 19).replace('T', ' '))} Indian time. Everything else is at <code>/_press9/openapi.json</code>.</p>
${section('Violations', violations.length === 0 ? none('Nothing went out that the rules would have stopped.') : violations.toReversed().map(violationLine).join('\n'))}
${section(`Calls (${total})`, calls.length === 0 ? none('No calls yet.') : table(['Created', 'CallSid', 'From', 'To', 'Flow', 'Status'], calls.map(callRow)))}
${section('Callbacks', posts.length === 0 ? none('No callbacks yet.') : table(['Created', 'About', 'To', 'State', 'Attempts'], posts.map(postRow)))}
</body>
</html>
`;
}

const section = (title: string, inner: string): string => `<section>\n<h2>${text(title)}</h2>\n${inner}\n</section>`;
const none = (says: string): string => `<p>${text(says)}</p>`;
const violationLine = (one: Violation): string =>
  `<p class="violation">${text(plainIst(one.at))} ${text(tellViolation(one))}</p>`;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table>\n<thead><tr>${heads.map((head) => `<th scope="col">${text(head)}</th>`).join('')}</tr></thead>\n<tbody>\n${rows
    .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('\n')}\n</tbody>\n</table>`;

const callRow = ({ createdAt, sid, from, to, facts, status }: CallRecord): readonly string[] => [
  text(plainIst(createdAt)),
  `<code>${text(sid)}</code>`,
  text(maskNumber(from)),
  text(maskNumber(to)),
  text(facts.flow),
  text(status),
];

const postRow = ({ at, call, url, state, attempts }: PostRecord): readonly string[] => [
  text(plainIst(at)),
  `<code>${text(call)}</code>`,
  `<code>${text(withoutSecrets(url))}</code>`,
  text(state),
  text(attempts.map(({ result }) => String(result)).join(', ') || 'none yet'),
];

import * as z from 'zod';
import { showDuration } from '../../core/time.ts';
import { defineApplet } from '../_kit/define.ts';
import { machine } from './machine.ts';
import { on, settings } from './settings.ts';

export default defineApplet({
  kind: 'passthru',
  element: 'Passthru',
  title: 'Passthru',
  doc: 'Tells your server about the call and branches on the status of its answer.',
  settings,
  xml: {
    exits: { next: 'When async="true".' },
    children: {
      On: {
        field: 'on',
        many: true,
        doc: 'Where an answer with this status leads.',
        schema: on,
        holds: 'nothing',
        exit: ({ status }) => `on:${status}`,
      },
      Else: {
        field: 'else',
        many: false,
        doc: 'Any other status, and no answer at all.',
        schema: z.object({}),
        holds: 'nothing',
        exit: () => 'else',
      },
    },
  },
  takesKeys: false,
  exits: ({ async, on, else: other }) => {
    if (async) return [{ name: 'next' }];
    const has302 = on.some(({ status }) => status === '302');
    return [{ name: 'on:200' }, ...(has302 ? [{ name: 'on:302' }] : []), ...(other || !has302 ? [{ name: 'else' }] : [])];
  },
  machine,
  classify: (input, own) => {
    if (input.type === 'fetch.failed') return 'status.other';
    if (input.type !== 'fetch.answered') return input.type;
    if (input.status === 200) return 'status.200';
    return input.status === 302 && own.on.some(({ status }) => status === '302') ? 'status.302' : 'status.other';
  },
  summary: ({ url, async, timeout }) => (async ? `tells ${url}, goes on at once` : `asks ${url}, waits ${showDuration(timeout)}`),
  portability: () => ({ level: 'as-is', note: 'Exotel waits 5 seconds here as far as is known; the time-out is ours to set.' }),
  saves: ({ save, async }) => (save && !async ? [save] : []),
  probes: ({ async }) =>
    async
      ? []
      : [
          { type: 'fetch.answered', method: 'GET', id: 0, status: 200, body: '', contentType: 'text/plain' },
          { type: 'fetch.answered', method: 'GET', id: 0, status: 302, body: '', contentType: 'text/plain' },
          { type: 'fetch.failed', id: 0, why: 'timeout', says: 'no answer' },
        ],
  lint: ({ on, async, else: other }) => [
    ...on.flatMap(({ status }, i) =>
      on.findIndex((o) => o.status === status) < i
        ? [
            {
              code: 'STATUS_TWICE',
              severity: 'error' as const,
              path: `on.${i}`,
              says: `Status ${status} is mapped twice.`,
              try: 'Keep one of the two.',
            },
          ]
        : [],
    ),
    ...(async && (on.length > 0 || other)
      ? [
          {
            code: 'ASYNC_BRANCHES',
            severity: 'warning' as const,
            path: 'async',
            says: 'An async Passthru does not wait, so On and Else are never used.',
            try: 'Use next="…", or drop async.',
          },
        ]
      : []),
  ],
});

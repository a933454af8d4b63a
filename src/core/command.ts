import type { Ms, NodeId } from './ids.ts';
import type { Digit } from './input.ts';
import type { Prompt, Sound } from './prompt.ts';

/** What became of a key: every key pressed gets one of these in the log; a forwarded one a second, where it is taken. */
export type KeyDisposition =
  | 'taken' // it was an answer, or part of one
  | 'finish' // it ended the typing
  | 'not-offered' // the menu does not have it
  | 'ignored' // nobody listens to keys here
  | 'skipped' // it ended the greeting
  | 'forwarded' // it ended the greeting and waits for the next applet that takes keys
  | 'swallowed'; // a finish key right after the last allowed digit

export type OptOutScope = 'all' | 'campaign' | 'voice' | 'sms';
export type Header = readonly [name: string, value: string];

/** A case of a SwitchCase: an exact value, an inclusive range of numbers, or a pattern with `*`. */
export type Case = { exit: string; value: string } | { exit: string; from: number; to: number } | { exit: string; like: string };

export type OpenHours = {
  /** IANA name. */
  zone: string;
  /** `days` 0 is Sunday; minutes since midnight, `to` exclusive. */
  open: readonly { days: readonly number[]; from: number; to: number }[];
  /** `YYYY-MM-DD` in the zone. */
  holidays: readonly string[];
};

export type DialSettings = {
  /** Comma-separated numbers, tried in order; may hold variables. */
  to: string;
  ringFor: Ms;
  record: boolean;
  /** How many ring at once. */
  parallel: number;
};

/**
 * What an applet's machine may `emit`: constants made from its settings, so that a memo can keep them.
 * Variables are still unfilled; the call fills them in afterwards.
 */
export type AppletCommand =
  | { type: 'play'; prompt: Prompt; to?: 'agent' }
  | { type: 'stop' }
  | { type: 'key'; was: KeyDisposition }
  | { type: 'forwardKey' }
  | { type: 'swallowNext'; digit: Digit; within: Ms }
  | { type: 'clearKeys' }
  | { type: 'judgeKeys'; accept?: string | undefined }
  | { type: 'acceptKeys'; save?: string | undefined }
  | { type: 'save'; name: string; value: string }
  | { type: 'fetch'; method: 'GET' | 'HEAD'; url: string; timeout: Ms; headers?: readonly Header[]; async?: boolean }
  | { type: 'become'; plain?: true }
  | { type: 'keepAnswer'; save?: string | undefined }
  | { type: 'askCase'; on?: string | undefined; cases: readonly Case[] }
  | { type: 'askHours'; hours: OpenHours }
  | { type: 'askVisits'; max: number }
  | { type: 'sendSms'; text: string; to?: string | undefined }
  | { type: 'dialAgents'; dial: DialSettings }
  | { type: 'restart' }
  | { type: 'dropAgents' }
  | { type: 'optOut'; scope: OptOutScope; url?: string | undefined }
  | { type: 'record'; on: boolean; save?: string | undefined }
  | { type: 'goToFlow'; flow: string }
  | { type: 'callFlow'; flow: string }
  | { type: 'hangUp'; why: 'flow' | 'dropped' }
  | { type: 'leave'; exit: string };

/** What a call asks of its ports: complete, rendered, and logged. */
export type CallCommand =
  | { type: 'play'; sounds: readonly Sound[]; leg: number }
  | { type: 'stop' }
  | {
      type: 'fetch';
      id: number;
      method: 'GET' | 'HEAD';
      /** With the vendor's parameters already in the query. */
      url: string;
      headers: readonly Header[];
      timeout: Ms;
      async: boolean;
    }
  | { type: 'sendSms'; id: number; to: string; text: string }
  | { type: 'dial'; leg: number; number: string; ringFor: Ms; record: boolean }
  | { type: 'hangUpLeg'; leg: number }
  | { type: 'optOut'; id: number; node: NodeId; scope: OptOutScope; key?: Digit; url?: string }
  | { type: 'record'; on: boolean; leg: number };

// Written by scripts/list-applets.ts from the folder names. Do not edit.
import type { Applet } from '../core/applet.ts';
import connect from './connect/index.ts';
import gather from './gather/index.ts';
import greeting from './greeting/index.ts';
import hangup from './hangup/index.ts';
import limit from './limit/index.ts';
import menu from './menu/index.ts';
import optout from './optout/index.ts';
import passthru from './passthru/index.ts';
import sms from './sms/index.ts';
import subflow from './subflow/index.ts';
import switchcase from './switchcase/index.ts';
import timing from './timing/index.ts';
import transfer from './transfer/index.ts';
import voicemail from './voicemail/index.ts';

export const applets = {
  connect,
  gather,
  greeting,
  hangup,
  limit,
  menu,
  optout,
  passthru,
  sms,
  subflow,
  switchcase,
  timing,
  transfer,
  voicemail,
} as const;

export type AppletKind = keyof typeof applets;
export type SettingsOf<Kind extends AppletKind> = (typeof applets)[Kind] extends Applet<Kind, infer Settings> ? Settings : never;

/** An applet whose settings are not known by type: hosts hand back what the flow holds. */
export type AnyApplet = Applet<string, unknown>;
const byKind: Readonly<Record<string, AnyApplet>> = applets;

export const allApplets: readonly AnyApplet[] = Object.values(byKind);
export const appletOf = (kind: AppletKind): AnyApplet => byKind[kind] as AnyApplet;

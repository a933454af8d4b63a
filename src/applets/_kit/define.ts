import type { Applet } from '../../core/applet.ts';

/** Checks an applet against the contract and keeps its exact types. */
export const defineApplet = <const Kind extends string, Settings>(applet: Applet<Kind, Settings>): Applet<Kind, Settings> =>
  applet;

import type { Applet } from '../../core/applet.ts';

/** Checks an applet against the contract and keeps its exact types. Its summary is one line, whatever the flow says. */
export const defineApplet = <const Kind extends string, Settings>(applet: Applet<Kind, Settings>): Applet<Kind, Settings> => ({
  ...applet,
  summary: (settings) => applet.summary(settings).replace(/\s+/g, ' ').trim(),
});

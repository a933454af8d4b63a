import type { FlowCode } from './codes.ts';

/** Why a file cannot be read at all: one problem, at an offset in its text. */
export type Fault = { code: FlowCode; offset: number; says: string; try: string };

/** Leaves the reading of a file that is not well-formed; caught where the reading began. */
export class Malformed extends Error {
  readonly fault: Fault;
  constructor(code: FlowCode, offset: number, says: string, advice: string) {
    super(says);
    this.fault = { code, offset, says, try: advice };
  }
}

/** What the user wrote, short enough for a message. */
export const quote = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`;

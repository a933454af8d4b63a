/** Something that no caller may bring a flow to. */
export type Violation = {
  code: ViolationCode;
  /** The applet it is about. */
  at: string;
  says: string;
  /** What a scenario of this call may expect, and gets once it is mended. */
  expect: object;
};

export type ViolationCode =
  | 'OPT_OUT_LOST'
  | 'OPT_OUT_NOT_HONOURED'
  | 'OPT_OUT_UNTRUE'
  | 'ENDLESS_KEYS'
  | 'ENDLESS_SILENCE'
  | 'ENDLESS_LOOP'
  | 'CALL_NOT_OVER'
  | 'KEY_LOST'
  | 'LOG_DOES_NOT_REPLAY';

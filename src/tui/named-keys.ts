/** The named keys the phone knows, as Ink tells them. */
export type NamedKeys = {
  ctrl: boolean;
  shift: boolean;
  tab: boolean;
  return: boolean;
  escape: boolean;
  backspace: boolean;
  delete: boolean;
  upArrow: boolean;
  downArrow: boolean;
  leftArrow: boolean;
  rightArrow: boolean;
  pageUp: boolean;
  pageDown: boolean;
  home: boolean;
  end: boolean;
};

/** No key that has a name. */
export const NO_KEY: NamedKeys = {
  ctrl: false,
  shift: false,
  tab: false,
  return: false,
  escape: false,
  backspace: false,
  delete: false,
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
};

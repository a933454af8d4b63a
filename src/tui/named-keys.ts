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

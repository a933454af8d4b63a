/** One call to an example: what the caller and the world do, and what must come of it. */
export type Story = {
  flow: string;
  title: string;
  args: readonly string[];
  /** Parts of what the caller hears, in this order. */
  hears?: readonly string[];
  never?: string;
  sms?: string;
  goal?: string;
  /** By key 9, recorded, and the webhook told. */
  optsOut?: true;
  saved?: Readonly<Record<string, string>>;
  ended?: 'flow' | 'caller' | 'unanswered';
};

export const contact = (flow: string, row = 1): string[] => ['--contact', `flows/${flow}/contacts.csv#${row}`];
export const answer = (rule: string): string[] => ['--answer', rule];
export const REMOVED = 'You have been removed from our call list.';

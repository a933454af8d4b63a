export const TABS = ['log', 'web', 'sms', 'callbacks', 'dnc'] as const;
export type Tab = (typeof TABS)[number];

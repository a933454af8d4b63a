import type { Category, Preference } from '../core/facts.ts';

export const CATEGORIES: readonly Category[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** Nothing registered. */
export const NO_PREFERENCE: Preference = { block: 'none', categories: [], modes: [], days: [], bandsOff: [], bandsOn: [] };

const STRENGTH: Record<Preference['block'], number> = { none: 0, categories: 1, promo: 2, full: 3 };
const both = <T>(a: readonly T[], b: readonly T[]): readonly T[] => [...new Set([...a, ...b])];

/** What both refuse together. */
export const merge = (a: Preference, b: Preference): Preference => ({
  block: STRENGTH[a.block] >= STRENGTH[b.block] ? a.block : b.block,
  categories: both(a.categories, b.categories).toSorted(),
  modes: both(a.modes, b.modes),
  days: both(a.days, b.days),
  bandsOff: both(a.bandsOff, b.bandsOff),
  bandsOn: a.bandsOn.filter((band) => b.bandsOn.includes(band)),
});

/** How `START 2,3` is read: since 2018 it blocks 2 and 3; in the scheme of 2010 it left only 2 and 3 allowed. */
export type StartMeans = 'block' | 'allow-only';

export type ParsedPreference = { ok: true; preference: Preference } | { ok: false; why: string };

export type PreferenceOptions = {
  startMeans?: StartMeans;
  /** What was registered before; a block adds to it and never loosens it. */
  current?: Preference;
};

const no = (why: string): ParsedPreference => ({ ok: false, why });

/** An SMS or USSD command to 1909, as a preference. `why` completes "… is no command of the register: ". */
export function parsePreference(text: string, options: PreferenceOptions = {}): ParsedPreference {
  const words = (ussd(text.trim()) ?? text).trim().toUpperCase().replace(/\s+/g, ' ');
  const current = options.current ?? NO_PREFERENCE;
  const block = (blocked: Partial<Preference>): ParsedPreference => ({
    ok: true,
    preference: merge(current, { ...NO_PREFERENCE, bandsOn: current.bandsOn, ...blocked }),
  });
  if (words === 'FULLY BLOCK') return block({ block: 'full' });
  if (words === 'BLOCK PROMO') return block({ block: 'promo' });
  if (words === 'UNBLOCK ALL') return { ok: true, preference: NO_PREFERENCE };
  if (words === 'UNBLOCK SERVICE') return { ok: true, preference: unblockService(current) };
  const [, verb = '', list = ''] = /^(START|BLOCK|UNBLOCK|STOP) ([\d, ]+)$/.exec(words) ?? [];
  const codes = list.split(/[, ]+/).filter(Boolean).map(Number);
  if (verb === '' || codes.length === 0)
    return no('it is none of START, BLOCK, FULLY BLOCK, BLOCK PROMO, UNBLOCK and STOP 91 to 98');
  if (verb === 'UNBLOCK' || verb === 'STOP') return unblock(current, codes);
  if (codes.includes(0)) return block({ block: 'full' });
  if (!codes.every(isCategory)) return no('categories are 0 to 8');
  const allowsOnly = verb === 'START' && options.startMeans === 'allow-only';
  return block({
    block: 'categories',
    categories: allowsOnly ? CATEGORIES.filter((one) => !codes.includes(one)) : codes.toSorted(),
  });
}

const isCategory = (code: number): code is Category => CATEGORIES.includes(code as Category);

/** `*1909*0#` and its like, as the SMS that means the same. */
function ussd(text: string): string | undefined {
  const code = /^\*1909\*(\d+)#$/.exec(text)?.[1];
  if (code === undefined) return undefined;
  return code === '50' ? 'BLOCK PROMO' : `BLOCK ${code}`;
}

const unblockService = (current: Preference): Preference => (current.block === 'full' ? { ...current, block: 'promo' } : current);

/** Codes are 90 and the category. */
function unblock(current: Preference, codes: readonly number[]): ParsedPreference {
  const opened = codes.map((code) => code - 90);
  if (!opened.every(isCategory)) return no('categories are unblocked by 91 to 98');
  const blocked = current.block === 'categories' ? current.categories : current.block === 'none' ? [] : CATEGORIES;
  const categories = blocked.filter((one) => !opened.includes(one));
  return { ok: true, preference: { ...current, block: categories.length > 0 ? 'categories' : 'none', categories } };
}

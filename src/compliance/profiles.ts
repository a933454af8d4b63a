import { EXOTEL } from './packs/exotel.ts';
import { GUIDE } from './packs/guide.ts';
import { HOUSE } from './packs/house.ts';
import { INDIA_2018 } from './packs/india-2018.ts';
import { INDIA_2025 } from './packs/india-2025.ts';
import { INDIA_2026 } from './packs/india-2026.ts';
import { INDIA_SERIES } from './packs/india-series.ts';
import type { Profile } from './packs/pack.ts';

const INDIA = [HOUSE, INDIA_2018, INDIA_2025, INDIA_2026, INDIA_SERIES, EXOTEL, GUIDE];

/** Rule packs as they are used. In India the packs of all years are there: the day of the contact chooses among their rules. */
export const PROFILES = {
  'IN-EXOTEL': { id: 'IN-EXOTEL', title: 'India, through Exotel', packs: INDIA },
  'IN-TCCCPR': {
    id: 'IN-TCCCPR',
    title: "India, by TRAI's regulation; what Exotel adds to it warns, or is not asked",
    packs: INDIA,
    advice: ['EXOTEL-HOURS', 'EXOTEL-CONSENT'],
    leftOut: ['EXOTEL-NO-PROMO', 'EXOTEL-BLACKLIST', 'EXOTEL-WHITELIST', 'EXOTEL-WHITELIST-SMS'],
  },
  LIST: { id: 'LIST', title: "The company's own list, and no law", packs: [HOUSE] },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

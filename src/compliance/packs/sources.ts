import type { Source } from '../../core/source.ts';

const TRAI = 'https://www.trai.gov.in/sites/default/files';

/** Documents that rules come from. */
export const SOURCES = {
  dndBlog: { grade: 'SRC', title: 'Exotel, "Calling customers who are listed as DND"' },
  whitelistApi: { grade: 'SRC', title: 'Exotel, Customer Whitelist API', url: 'https://developer.exotel.com/api/whitelist' },
  dndInSms: { grade: 'SRC', title: 'StartMessaging, "What is DND in SMS?" (25 April 2026)' },
  automatedCalls: { grade: 'SRC', title: 'Exotel, "Automated Calls"' },
  dncLists: { grade: 'SRC', title: 'JustCall, "Manage Do Not Call Lists"' },
  tcccpr2018: { grade: 'R', title: 'TCCCPR 2018 (TRAI, 6 of 2018)', url: `${TRAI}/2024-09/RegulationUcc19072018.pdf` },
  tcccpr2025: {
    grade: 'R',
    title: 'TCCCPR, Second Amendment 2025 (TRAI, 1 of 2025)',
    url: 'https://trai.gov.in/sites/default/files/2025-02/Regulation_12022025.pdf',
  },
  tcccpr2026: { grade: 'R', title: 'TCCCPR, Third Amendment 2026 (TRAI)', url: `${TRAI}/2026-09/PR_No119of2026.pdf` },
  series1600: { grade: 'R', title: 'TRAI direction on the 1600 series', url: `${TRAI}/2025-11/PR_No.135of2025.pdf` },
  series1600Insurance: {
    grade: 'R',
    title: 'TRAI direction on the 1600 series, insurers',
    url: 'https://www.pib.gov.in/PressReleasePage.aspx?PRID=2205350',
  },
  series1600Or140: { grade: 'R', title: 'TRAI on 1600 and 140', url: `${TRAI}/2026-07/PR_No91of2026.pdf` },
  series1601: { grade: 'R', title: 'TRAI on the 1601 series', url: `${TRAI}/2026-08/PR_No113of2026_1.pdf` },
  tenDigits: {
    grade: 'S',
    title: 'press reports on ten-digit numbers',
    url: 'https://businesstimes.co/index.php/2025/02/13/big-relief-from-spam-calls-trai-bans-10-digit-numbers-for-telemarketing',
  },
  recovery: {
    grade: 'R',
    title: 'RBI circular on recovery agents, 2022-23/108',
    url: 'https://www.rbi.org.in/scripts/NotificationUser.aspx?Id=12378&Mode=0',
  },
  barring: {
    grade: 'S',
    title: 'press reports on the 2025 amendment',
    url: 'https://trak.in/stories/10-digit-phone-numbers-banned-for-telemarketing-calls-by-trai',
  },
  memory: { grade: 'M', title: 'the authors of press9, not looked up' },
  press9: { grade: 'D', title: 'press9' },
} as const satisfies Record<string, Source>;

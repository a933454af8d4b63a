import type { RulePack } from './pack.ts';
import { SOURCES } from './sources.ts';

/** Thirty days after the Gazette of 18 February 2025. */
const FROM = '2025-03-20';
const THIRD_AMENDMENT_A2P = '2026-11-17';

/** What the second amendment made new. */
export const INDIA_2025: RulePack = {
  id: 'INDIA-2025',
  title: 'TCCCPR, Second Amendment 2025',
  zone: 'Asia/Kolkata',
  oneZone: true,
  numbers: ['+91'],
  rules: [
    {
      id: 'IN25-MIX',
      from: FROM,
      classes: ['SE', 'SI', 'T'],
      source: SOURCES.tcccpr2025,
      says: 'promotion in a message of another class makes all of it promotional',
      doubt: 'which words are promotional is our own list',
      check: {
        kind: 'mixing',
        words: [
          '% off',
          'discount',
          'discounts',
          'cashback',
          'offer',
          'offers',
          'sale',
          'coupon',
          'promo code',
          'limited time',
          'upgrade now',
          'buy now',
          'buy one',
          'free gift',
          'free trial',
          'for free',
        ],
        harmless: ['sale deed', 'offer letter', 'point of sale'],
      },
    },
    {
      id: 'IN25-30MIN',
      from: FROM,
      classes: ['T'],
      source: SOURCES.tcccpr2025,
      says: "a transactional message answers the customer's own transaction within thirty minutes; later it is a service message",
      check: { kind: 'transaction', minutes: 30 },
    },
    {
      id: 'IN25-REGISTER',
      from: FROM,
      source: SOURCES.tcccpr2025,
      says: 'BLOCK n and BLOCK PROMO stop promotion; FULLY BLOCK also stops service messages that need explicit leave',
      check: {
        kind: 'register',
        full: ['P', 'SE'],
        promo: ['P'],
        categories: ['P'],
        leave: { days: 180, stated: true },
      },
    },
    {
      id: 'IN25-SE-CONSENT',
      from: FROM,
      classes: ['SE'],
      source: SOURCES.tcccpr2025,
      says: 'an explicit service message needs explicit leave, which lasts seven days',
      check: { kind: 'consent', needed: true, lasts: { explicit: { days: 7 } } },
    },
    {
      id: 'IN25-RESOLICIT',
      from: FROM,
      purposes: ['consent-request'],
      source: SOURCES.tcccpr2025,
      says: 'whoever opted out is not asked for leave again within 90 days',
      check: { kind: 'resolicit', days: 90 },
    },
    {
      id: 'IN25-OPT-OUT',
      from: FROM,
      classes: ['P'],
      source: SOURCES.tcccpr2025,
      says: 'promotion carries a way to opt out',
      check: { kind: 'offer' },
    },
    {
      id: 'IN25-NOTICE',
      from: FROM,
      until: THIRD_AMENDMENT_A2P,
      channels: ['voice'],
      modes: ['AUTO_PRERECORDED', 'AUTO_LIVE', 'ROBO'],
      advice: true,
      source: SOURCES.tcccpr2025,
      says: 'the operator is told in writing, before it begins, of automatic calls and what they are for',
      check: { kind: 'declared' },
    },
  ],
  deadlines: [],
  penalties: [
    {
      id: 'IN25-BAR',
      since: FROM,
      source: SOURCES.barring,
      says: 'five complaints of different people in ten days are a violation; the operators bar the sender',
      steps: [
        { from: 1, says: 'all outgoing services barred for 15 days, at every operator', barredDays: 15 },
        { from: 2, says: 'every connection cut for a year, and the sender on the black list', barredDays: 365 },
      ],
    },
  ],
};

import {
  accountExpired,
  accountNotActive,
  insufficientBalance,
  paymentRequired,
  type RestException,
} from '../exotel/rest-exception.ts';

/** How the account stands with the vendor: what stops every call and SMS. */
export type AccountStanding = 'active' | 'inactive' | 'expired' | 'no-credit';

export const ACCOUNT_STANDINGS = ['active', 'inactive', 'expired', 'no-credit'] as const satisfies readonly AccountStanding[];

const REFUSALS: Readonly<Record<Exclude<AccountStanding, 'no-credit'>, RestException | undefined>> = {
  active: undefined,
  inactive: accountNotActive,
  expired: accountExpired,
};

export type Account = {
  standing: AccountStanding;
  /** Why a call or an SMS is refused: without credit an SMS has a text of its own. */
  refusal(what?: 'calls' | 'sms'): RestException | undefined;
};

export const createAccount = (): Account => ({
  standing: 'active',
  refusal(what) {
    if (this.standing !== 'no-credit') return REFUSALS[this.standing];
    return what === 'sms' ? insufficientBalance : paymentRequired;
  },
});

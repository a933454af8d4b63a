import { accountExpired, accountNotActive, paymentRequired, type RestException } from '../exotel/rest-exception.ts';

/** How the account stands with the vendor: what stops every call and SMS. */
export type AccountStanding = 'active' | 'inactive' | 'expired' | 'no-credit';

export const ACCOUNT_STANDINGS = ['active', 'inactive', 'expired', 'no-credit'] as const satisfies readonly AccountStanding[];

const REFUSALS: Readonly<Record<AccountStanding, RestException | undefined>> = {
  active: undefined,
  inactive: accountNotActive,
  expired: accountExpired,
  'no-credit': paymentRequired,
};

export type Account = { standing: AccountStanding; refusal(): RestException | undefined };

export const createAccount = (): Account => ({
  standing: 'active',
  refusal() {
    return REFUSALS[this.standing];
  },
});

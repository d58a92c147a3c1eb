/** The merchant's account as far as refunds need it: what there is to refund from, and where the console says to tell of them. */
import * as z from 'zod';
import type { Collection } from '../journal.ts';
import { Amount } from '../orders/shared-fields.ts';
import { RefundNotifyUrl } from './refund-fields.ts';

export const AccountSetting = z.strictObject({
  /** Fen; null: there is always enough. */
  balance: Amount.nullable().optional(),
  /** For refunds that name no address of their own; null: nobody is told. */
  refund_notify_url: RefundNotifyUrl.nullable().optional(),
});

export interface Account {
  readonly balance: number | null;
  readonly refund_notify_url: string | null;
}

export interface MerchantAccount {
  now(): Account;
  change(to: z.infer<typeof AccountSetting>): void;
  /** Fen; negative for what comes back. Without effect where there is always enough. */
  take(amount: number): void;
}

export function createMerchantAccount(kept: Collection<Account>): MerchantAccount {
  const now = () => kept.get('account') ?? { balance: null, refund_notify_url: null };
  return {
    now,
    change({ balance = now().balance, refund_notify_url = now().refund_notify_url }) {
      kept.put('account', { balance, refund_notify_url });
    },
    take(amount) {
      const { balance, ...rest } = now();
      if (balance !== null) kept.put('account', { ...rest, balance: balance - amount });
    },
  };
}

/** The one place where a transaction's refunds change, and what operators see of them. */
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { SEARCH_ATTRIBUTES } from '../contract.ts';
import { eventMoment } from '../events/moment.ts';
import { detailsOf } from './details.ts';
import { withRefundEvents } from '../../payscore/events/of-refunds.ts';
import { newRefunds, type Refunds, type RefundsOpening } from '../../payscore/refunds/refunds.ts';
import { refundTroubleOf } from '../../payscore/refunds/rules.ts';
import { words } from '../words.ts';

export interface RefundsState {
  readonly all: Refunds;
  change(to: (all: Refunds) => Refunds): void;
}

export function openRefundsState(opening: RefundsOpening, carried?: Refunds): RefundsState {
  let all = carried ?? newRefunds(opening);
  setCurrentDetails(detailsOf(all, words));
  const trouble = refundTroubleOf(all);
  if (trouble) upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.trouble, value: trouble }]);
  return {
    get all() {
      return all;
    },
    change(to) {
      const before = refundTroubleOf(all);
      all = withRefundEvents(all, to(all), eventMoment);
      const now = refundTroubleOf(all);
      if (now !== before) {
        upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.trouble, value: now ?? null }]);
      }
      setCurrentDetails(detailsOf(all, words));
    },
  };
}

/** Which of WeChat Pay's states each phase must be (docs/wechatpay-facts.md#order-states), written here once more: the judge believes nobody. */

/** What a query shows, as one word; `none` where WeChat Pay has no such order. */
export function standingOf(order: any): string {
  if (order === undefined) return 'none';
  const { state, state_description, collection } = order;
  const words = [state, state_description, collection?.state].filter(Boolean).join('/');
  if (words !== 'DONE/USER_PAID') return words;
  const { details } = collection;
  const byPayScore = [details].flat().filter((it: any) => it?.paid_type === 'NEWTON');
  const isCharged = byPayScore.some(({ amount }: any) => Number(amount) > 0);
  // A coupon paid for all of it; lowered to nothing, it is free.
  if (!isCharged && byPayScore.length > 0 && Number(order.total_amount) === 0) return 'DONE';
  return byPayScore.length > 0 ? 'DONE/USER_PAID by NEWTON' : 'DONE/USER_PAID by MCH';
}

export const STANDINGS: Readonly<Record<string, readonly string[]>> = {
  authorizing: ['none'],
  in_service: ['DOING/USER_CONFIRM'],
  paying: ['DOING/MCH_COMPLETE/USER_PAYING'],
  paid: ['DONE/USER_PAID by NEWTON'],
  paid_elsewhere: ['DONE/USER_PAID by MCH'],
  free: ['DONE'],
  // Given up before it was created, or created and cancelled.
  cancelled: ['none', 'REVOKED'],
  rejected: ['none', 'REVOKED'],
  unauthorized: ['none'],
};

export const FINAL = ['paid', 'paid_elsewhere', 'free', 'cancelled', 'rejected', 'unauthorized'];

/** What WeChat Pay goes on with by itself. */
export function isAlive(standing: string): boolean {
  return standing.startsWith('DOING') || standing === 'CREATED';
}

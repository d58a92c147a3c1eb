/** A day's reconciliation, for finance people and operators. */

export const reconciliation = {
  swept: (asked: number) =>
    `${asked} orders have been in service for more than a day, and were told to ask WeChat Pay how they stand. Those beyond their expected end have the trouble overdue.`,
};

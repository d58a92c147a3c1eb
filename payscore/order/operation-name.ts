/** What is done to an order, by name. */

/** What business code can ask for. */
export const ASKED_OPERATIONS = ['complete', 'modify', 'cancel', 'sync'] as const;
export type AskedOperation = (typeof ASKED_OPERATIONS)[number];

/** `create` is what an opened order begins with, `adopt` what an order begins with that WeChat has already. */
export type Operation = 'create' | 'adopt' | AskedOperation;

/** Who told us: only a query's answer or a verified notification settles an order. */
export type Source = Operation | 'query' | 'notification';

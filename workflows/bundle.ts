/** What the worker bundles: every workflow, under the name of its type. */
export { authorization, authorizationPreparation } from './one-shot/authorization.ts';
export { authorizationTermination } from './one-shot/authorization-termination.ts';
export { daily } from './reconciliation/daily.ts';
export { detailLink } from './one-shot/detail-link.ts';
export { events } from './events/workflow.ts';
export { inquiry } from './one-shot/inquiry.ts';
export { platformCertificates } from './one-shot/platform-certificates.ts';
export { reconciliation } from './reconciliation/workflow.ts';
export { refunds } from './refunds/workflow.ts';
export { serviceOrder } from './service-order/workflow.ts';
export { sweep } from './reconciliation/sweep.ts';

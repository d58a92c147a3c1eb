/** What the worker bundles: every workflow, under the name of its type. */
export { authorization, authorizationPreparation } from './authorization.ts';
export { authorizationTermination } from './authorization-termination.ts';
export { daily } from './daily.ts';
export { detailLink } from './detail-link.ts';
export { inquiry } from './inquiry.ts';
export { platformCertificates } from './platform-certificates.ts';
export { reconciliation } from './reconciliation.ts';
export { serviceOrder } from './service-order.ts';
export { sweep } from './sweep.ts';

/** What the worker bundles: every workflow, under the name of its type. */
export { authorizationTermination } from './authorization-termination.ts';
export { authorization, authorizationPreparation } from './authorization.ts';
export { detailLink } from './detail-link.ts';
export { platformCertificates } from './platform-certificates.ts';
export { serviceOrder } from './service-order.ts';

/** What the worker bundles: every workflow, under the name of its type. */
export { platformCertificates } from './platform-certificates.ts';
export { serviceOrder } from './service-order.ts';

/** The types that openapi-typescript makes of the API's document. */
import { register } from 'node:module';
import { apiDocument } from '../../api/openapi/document.ts';

/** It writes with TypeScript 5's own functions, which TypeScript 7 does not have; ts-morph has them, and brings no second `tsc`. */
const RESOLVE = `export async function resolve(name, context, next) {
  const isIts = name === 'typescript' && context.parentURL?.includes('/openapi-typescript/');
  return await next(isIts ? '@ts-morph/common/dist/typescript.js' : name, context);
}`;

export async function clientTypes(): Promise<string> {
  register(`data:text/javascript,${encodeURIComponent(RESOLVE)}`);
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  return astToString(await openapiTS(JSON.stringify(apiDocument())));
}

/** What the document says of itself. */
import { z } from 'zod';
import type { Documented } from './route.ts';

export const OWN_ROUTES: readonly Documented[] = [
  {
    ...{ method: 'get', path: '/openapi.json', operationId: 'readDocument', tag: 'This document' },
    summary: 'This document.',
    answers: {
      200: {
        description: 'OpenAPI 3.1.',
        schema: z.looseObject({
          openapi: z.string().meta({ description: 'The version of OpenAPI.' }),
        }),
      },
    },
  },
  {
    ...{ method: 'get', path: '/docs', operationId: 'readPage', tag: 'This document' },
    summary: 'The same as a page, which needs neither script nor internet.',
    answers: { 200: { description: 'HTML.', type: 'text/html', schema: z.string() } },
  },
];

/** The API's own document: OpenAPI 3.1, made of the shapes by which requests are read and answers are written. */
import type { ZodType } from 'zod';
import { createDocument, type CreateDocumentOptions } from 'zod-openapi';
import { HEADERS, pathsOf, type Documented } from './route.ts';
import { AUTHORIZATION_ROUTES } from '../authorizations/documented.ts';
import { EVENT_ROUTES, EVENT_SHAPE, EVENT_WEBHOOKS } from '../events/documented.ts';
import { HEALTH_ROUTES } from '../http/documented.ts';
import { NOTIFICATION_ROUTES } from '../notifications/documented.ts';
import { RECONCILIATION_ROUTES } from '../reconciliations/documented.ts';
import { REFUND_ROUTES } from '../refunds/documented.ts';
import { SERVICE_ORDER_ROUTES } from '../service-orders/documented.ts';
import { OWN_ROUTES } from './documented.ts';
import { ProblemShapes } from '../../answers/problem.ts';
import { programName } from '../../process/program.ts';

/** A resource that is added is added here. */
const ROUTES: readonly Documented[] = [
  ...SERVICE_ORDER_ROUTES,
  ...REFUND_ROUTES,
  ...AUTHORIZATION_ROUTES,
  ...RECONCILIATION_ROUTES,
  ...EVENT_ROUTES,
  ...NOTIFICATION_ROUTES,
  ...HEALTH_ROUTES,
  ...OWN_ROUTES,
];

const TAGS: Readonly<Record<Documented['tag'], string>> = {
  Orders: 'Opened, read and changed. Bodies are WeChat’s fields less what configuration gives.',
  Refunds: 'Of an order’s payment. They take a key with the scope `refunds`.',
  Authorizations: 'For business code that has no order yet. No openid is in a URL.',
  Reconciliation: 'The next day’s bill against the orders of the day.',
  Events: 'What business code is told by itself, signed by Standard Webhooks.',
  Callbacks: 'For WeChat Pay alone.',
  Health: 'For probes.',
  'This document': 'As the machine and as people read it.',
};

const ABOUT = `What business code calls. Bodies and answers have the fields of WeChat Pay’s own calls less what configuration gives
(\`notify_url\`, and \`appid\` and \`service_id\` unless there are several). \`need_user_confirm\` is always \`false\`, and need not be said.

**Amounts** are fen (分), whole numbers. **Times** of ours are RFC 3339 in Beijing time (\`+08:00\`); WeChat’s own are passed on as it writes
them, \`yyyyMMddHHmmss\` in Beijing time without a zone.

**Bodies** are JSON in UTF-8, strictly, at most 100 kB, under \`Content-Type: application/json\`. Fields that a route does not know are faults.
Texts that users see must be visible: no control or format characters, no emoji, no U+FFFD.

**Lists** have one shape: the entries under their plural, and \`next_cursor\` where more may follow.

**Errors** are problem documents (RFC 9457): \`type\` says which, \`detail\` is for people. 202, 429 and 503 are no outcomes: repeat the same
request. 503 is not taken, and not carried out later behind your back.

**Words for people** follow \`Accept-Language\`, in English or Chinese; without it they are in the operator’s language. Fields and codes are the same in
either. WeChat Pay’s own \`message\` is passed on as it is.

**Idempotency**: the \`out_order_no\` of an opening, the \`out_refund_no\` of a refund, and the \`Idempotency-Key\` of a change are keys. The
same under them gets its first outcome, with \`Idempotency-Replayed: true\`.

This document is of this very release. A later one may add fields, which a client must be able to pass over.`;

const OPTIONS: CreateDocumentOptions = {
  override({ jsonSchema }) {
    const isText = jsonSchema.type === 'string';
    // A whole number that nothing bounds is no fact about the field.
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    // What characters users may be shown takes properties of Unicode that few readers of patterns know: the rest is said above.
    if (isText && jsonSchema.allOf) {
      delete jsonSchema.allOf;
      jsonSchema.pattern = '^[^\\u0000-\\u001f\\u007f-\\u009f]*$';
    }
  },
};

export type Document = ReturnType<typeof createDocument>;

let made: Document | undefined;

/** Made once: it is the same for everybody. */
export function apiDocument(): Document {
  return (made ??= documentOf());
}

function documentOf(): Document {
  const [, version = '0'] = programName().split(' ');
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: {
        ...{ title: 'payscore-orders', version, description: ABOUT },
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'Where this document is read.' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      paths: pathsOf(ROUTES),
      webhooks: EVENT_WEBHOOKS,
      components: {
        // Of a path that there is not, and so of no route.
        schemas: { 'Problem.no-such-route': ProblemShapes['no-such-route'] },
        headers: HEADERS,
        securitySchemes: {
          key: {
            ...{ type: 'http', scheme: 'bearer' },
            description:
              'A key of `API_KEYS_FILE`, with the scope that the route names: `read` looks, `orders` opens and changes, `refunds` pays back. ' +
              'Without that file, on loopback only, programs of the same machine need none.',
          },
        },
      },
    },
    OPTIONS,
  );
  const schemas = { ...document.components?.schemas, Event: shapeOfAnswer(EVENT_SHAPE) };
  return { ...document, components: { ...document.components, schemas } };
}

/** As an answer of that shape is documented: what we send to others is no request that we read. */
function shapeOfAnswer(schema: ZodType) {
  const content = { 'application/json': { schema } };
  const { components } = createDocument(
    {
      ...{ openapi: '3.1.0', info: { title: '', version: '' } },
      paths: { '/': { get: { responses: { 200: { description: '', content } } } } },
    },
    OPTIONS,
  );
  return components?.schemas?.['Event'] ?? {};
}

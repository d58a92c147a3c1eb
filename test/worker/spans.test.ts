/** A request with its trace: the API, Temporal, the activity and the call of WeChat Pay are one, and say nothing of the user. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { REFUSALS } from '../../simulator/transport/refusals.ts';
import { createApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { rental, rentalEnd } from '../support/orders.ts';
import { steadyPort } from '../support/port.ts';
import { startBuilt, type Program } from '../support/program.ts';
import { openProgramStage, type ProgramStage } from '../support/program-stage.ts';

const TRACE = 'a'.repeat(32);
const CALLER = 'b'.repeat(16);
const TRACEPARENT = `00-${TRACE}-${CALLER}-01`;

const NAMES = [
  'POST /v1/service-orders/:out_order_no/complete',
  'Temporal startUpdate',
  'completeServiceOrder',
  'WeChat Pay completeServiceOrder',
];

interface Told {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** As OTLP has it in JSON. */
interface Sent {
  readonly resourceSpans: {
    readonly resource: { readonly attributes: Attribute[] };
    readonly scopeSpans: { readonly spans: (Omit<Told, 'attributes'> & Attributes)[] }[];
  }[];
}
interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface Attributes {
  readonly attributes: Attribute[];
}

function openCollector() {
  const bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      assert.equal(request.url, '/v1/traces');
      bodies.push(Buffer.concat(chunks).toString());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  return { server, bodies, spans: () => bodies.flatMap(spansIn) };
}

const haveAll = (spans: readonly Told[], names: readonly string[]) =>
  names.every((wanted) => spans.some(({ name }) => name === wanted));

function spansIn(body: string): Told[] {
  const valuesOf = (attributes: Attribute[]) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
  return (JSON.parse(body) as Sent).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map((span) => ({
        ...span,
        service: String(valuesOf(resource.attributes)['service.name']),
        attributes: valuesOf(span.attributes),
      })),
  );
}

describe('spans', () => {
  const collector = openCollector();
  let stage: ProgramStage;
  let programs: Program[];
  let api: ReturnType<typeof createApiClient>;

  before(async () => {
    stage = await openProgramStage({ temporal: {} });
    collector.server.listen(0, '127.0.0.1');
    await once(collector.server, 'listening');
    const { port } = collector.server.address() as AddressInfo;
    const [API_PORT, WORKER_PORT] = [String(await steadyPort()), String(await steadyPort())];
    const variables = {
      ...stage.variables,
      ...{ API_PORT, WORKER_PORT },
      WECHATPAY_NOTIFY_URL: `http://127.0.0.1:${API_PORT}/wechatpay/notifications`,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    };
    programs = [
      await startBuilt('worker/main.js', variables),
      await startBuilt('api/main.js', variables),
    ];
    await Promise.all([programs[0]?.saw(/"state":"RUNNING"/), programs[1]?.saw(/api listens/)]);
    api = createApiClient(`http://127.0.0.1:${API_PORT}`);
  });
  after(async () => {
    for (const program of programs) await program.end();
    collector.server.close();
    await stage.close();
  });

  it('of a request are one trace from its caller to WeChat Pay, and hold nothing of its user', async () => {
    const order = rental();
    const { out_order_no, openid } = order;
    await stage.stack.people.authorise(openid);
    assert.equal((await api.open(order)).status, 201);
    await delay(2_100);
    const headers = { traceparent: TRACEPARENT };
    assert.equal((await api.complete(out_order_no, rentalEnd(500), headers)).status, 200);

    const trace = await eventually('the trace', async () => {
      const spans = collector.spans().filter(({ traceId }) => traceId === TRACE);
      return haveAll(spans, NAMES) && spans;
    });
    const named = (wanted: string) => trace.find(({ name }) => name === wanted);
    const [request, update, activity, call] = NAMES.map(named) as [Told, Told, Told, Told];
    assert.deepEqual(
      [request, update, activity, call].map(({ service, parentSpanId }) => [service, parentSpanId]),
      [
        ['payscore-orders-api', CALLER],
        ['payscore-orders-api', request.spanId],
        ['payscore-orders-worker', request.spanId],
        ['payscore-orders-worker', activity.spanId],
      ],
    );
    assert.equal(Number(request.attributes['http.response.status_code']), 200);
    assert.equal(Number(call.attributes['http.response.status_code']), 200);
    assert.match(String(activity.attributes['temporal.workflow_id']), new RegExp(out_order_no));
    const opening = await eventually('the opening', async () => {
      const spans = collector.spans().filter(({ traceId }) => traceId !== TRACE);
      return haveAll(spans, ['WeChat Pay createServiceOrder', 'POST /v1/service-orders']) && spans;
    });
    const { traceId } = opening.find(({ name }) => name === 'POST /v1/service-orders') ?? {};
    for (const name of ['getPermission', 'createServiceOrder', 'Temporal startUpdateWithStart']) {
      assert.equal(opening.find((span) => span.name === name)?.traceId, traceId, name);
    }
    for (const body of collector.bodies) assert.ok(!body.includes(openid), 'an openid in a span');
  });

  it('of a failure say of which type it is, and no more', async () => {
    const order = rental();
    // Its words are WeChat Pay's, and could be about anybody.
    const { message } = REFUSALS.riskFundName;
    await stage.stack.people.authorise(order.openid);
    await stage.stack.people.planFault({
      ...{ call: 'create', fault: 'refused', out_order_no: order.out_order_no },
      refusal: 'riskFundName',
    });
    assert.equal((await api.open(order)).status, 422);
    const failed = await eventually('the failure', async () =>
      collector
        .spans()
        .find(({ name, attributes }) => name === 'createServiceOrder' && attributes['error.type']),
    );
    assert.equal(failed.attributes['error.type'], 'Refused');
    for (const body of collector.bodies) assert.ok(!body.includes(message));
  });

  it('that nobody takes any more are missed by no order, and said so once', async () => {
    collector.server.close();
    collector.server.closeAllConnections();
    const order = rental();
    await stage.stack.people.authorise(order.openid);
    assert.equal((await api.open(order)).status, 201);
    const [worker] = programs;
    await worker?.saw(/spans could not be sent; orders go on/);
  });
});

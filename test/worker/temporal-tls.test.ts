/** The programs in front of a Temporal that lets in only whom it knows: by client certificate, by API key, over TLS. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { msToTs } from '../../temporal/sdk-internals.ts';
import { createApiClient } from '../support/api-client.ts';
import { createAuthority, type Authority } from '../support/authority.ts';
import { eventually } from '../support/eventually.ts';
import { rental } from '../support/orders.ts';
import { steadyPort } from '../support/port.ts';
import { startBuilt } from '../support/program.ts';
import { openProgramStage, type ProgramStage } from '../support/program-stage.ts';
import { openDoor, type Door } from '../support/temporal-door.ts';

const API_KEY = 'a-key-of-temporal';
const WRITER_KEY = 'a-key-that-may-write';
const PROGRAMS = ['worker/main.js', 'api/main.js', 'worker/migrate.js'];

describe('a Temporal behind TLS', { concurrency: 3 }, () => {
  let stage: ProgramStage;
  let stack: ProgramStage['stack'];
  let authority: Authority;
  let strangers: Authority;
  /** Both ask for a client certificate; one has an authorizer as well. */
  let door: Door;
  let guarded: Door;
  let variables: Record<string, string>;
  before(async () => {
    stage = await openProgramStage();
    ({ stack } = stage);
    [authority, strangers] = await Promise.all([createAuthority(), createAuthority('strangers')]);
    const server = await authority.issue('server', [{ type: 'ip', value: '127.0.0.1' }]);
    const { address } = stack.temporalServer;
    door = await openDoor({ address, server, clientCa: authority.ca });
    guarded = await openDoor({
      address,
      server,
      clientCa: authority.ca,
      apiKey: API_KEY,
      writerKey: WRITER_KEY,
    });
    const client = await authority.issue('client');
    variables = {
      ...stage.variables,
      TEMPORAL_ADDRESS: door.address,
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.caFile,
      TEMPORAL_TLS_CLIENT_CERT_PATH: client.certFile,
      TEMPORAL_TLS_CLIENT_KEY_PATH: client.keyFile,
    };
  });
  after(async () => {
    await Promise.all([door.close(), guarded.close()]);
    await stage.close();
    await Promise.all([authority.remove(), strangers.remove()]);
  });

  async function start(main: string, change: Record<string, string> = {}) {
    const port = String(await steadyPort());
    const ports = { API_PORT: port, WORKER_PORT: port };
    const program = await startBuilt(main, { ...variables, ...ports, ...change });
    return { ...program, url: `http://127.0.0.1:${port}` };
  }

  /** Migrates a namespace of its own, and opens an order in it. */
  async function servesAnOrder(TEMPORAL_NAMESPACE: string, change: Record<string, string> = {}) {
    const here = { ...change, TEMPORAL_NAMESPACE };
    const migrate = await start('worker/migrate.js', here);
    assert.equal(await migrate.exitCode(), 0, migrate.lines.join('\n'));
    const worker = await start('worker/main.js', here);
    const api = await start('api/main.js', here);
    await worker.saw(/"state":"RUNNING"/);
    await api.saw(/api listens/);
    const order = rental({ deadlines: { creation_seconds: 600 } });
    await stack.people.authorise(order.openid);
    const client = createApiClient(api.url);
    assert.ok([201, 202].includes((await client.open(order)).status));
    await eventually('in service', async () => {
      const { body } = await client.read(order.out_order_no);
      return body.phase === 'in_service';
    });
    assert.equal((await fetch(`${api.url}/readyz`)).status, 200);
    assert.deepEqual([await api.end(), await worker.end()], [0, 0]);
    return [migrate, worker, api].flatMap(({ lines }) => lines);
  }

  it('is reached by migrate, worker and API with a certificate that it trusts', async () => {
    await servesAnOrder('by-certificate');
  });

  it('is reached with an API key, which no line of a log shows', async () => {
    const change = { TEMPORAL_ADDRESS: guarded.address, TEMPORAL_API_KEY: API_KEY };
    const lines = await servesAnOrder('by-key', change);
    assert.ok(guarded.authorizations.has(`Bearer ${API_KEY}`));
    assert.ok(lines.every((line) => !line.includes(API_KEY)));
  });

  it('is served without an admin’s key where all is there, and migrate names what is not', async () => {
    const admin = { TEMPORAL_ADDRESS: guarded.address, TEMPORAL_API_KEY: API_KEY };
    const prepared = await start('worker/migrate.js', { ...admin, TEMPORAL_NAMESPACE: 'prepared' });
    assert.equal(await prepared.exitCode(), 0);
    const writer = { ...admin, TEMPORAL_API_KEY: WRITER_KEY };
    await servesAnOrder('prepared', writer);

    await stack.client.workflowService.registerNamespace({
      namespace: 'bare',
      workflowExecutionRetentionPeriod: msToTs('120 days'),
    });
    const migrate = await start('worker/migrate.js', { ...writer, TEMPORAL_NAMESPACE: 'bare' });
    assert.equal(await migrate.exitCode(), 1);
    assert.match(
      migrate.lines.join('\n'),
      /^Temporal does not let us change it, and the namespace bare lacks the search attributes PayscorePhase \(KEYWORD\), .*: set it right there\.$/m,
    );
  });

  it('hears of an API key over TLS alone', async () => {
    for (const main of PROGRAMS) {
      const program = await start(main, { TEMPORAL_TLS: 'false', TEMPORAL_API_KEY: API_KEY });
      assert.equal(await program.exitCode(), 1);
      assert.deepEqual(program.lines, [
        'The configuration of Temporal has faults:',
        '  TEMPORAL_API_KEY travels over TLS only: TEMPORAL_TLS must not be false',
      ]);
    }
  });

  const without = async (...names: string[]) => Object.fromEntries(names.map((name) => [name, '']));
  for (const [title, change, says] of [
    [
      'without a certificate',
      () => without('TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_TLS_CLIENT_KEY_PATH'),
      /wants to see a certificate: set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH/,
    ],
    [
      'with a certificate of strangers',
      async () => {
        const { certFile, keyFile } = await strangers.issue('stranger');
        return { TEMPORAL_TLS_CLIENT_CERT_PATH: certFile, TEMPORAL_TLS_CLIENT_KEY_PATH: keyFile };
      },
      /does not take our certificate: TEMPORAL_TLS_CLIENT_CERT_PATH must be/,
    ],
    [
      'with trust in strangers',
      async () => ({ TEMPORAL_TLS_SERVER_CA_CERT_PATH: strangers.caFile }),
      /not from an authority that we trust: TEMPORAL_TLS_SERVER_CA_CERT_PATH must/,
    ],
    [
      'for a server of another name',
      async () => ({ TEMPORAL_TLS_SERVER_NAME: 'temporal.example.com' }),
      /for another name.*TEMPORAL_TLS_SERVER_NAME/,
    ],
    [
      'without TLS',
      () =>
        without(
          'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
          'TEMPORAL_TLS_CLIENT_CERT_PATH',
          'TEMPORAL_TLS_CLIENT_KEY_PATH',
        ),
      /speaks TLS at this address: set TEMPORAL_TLS=true/,
    ],
    [
      'with TLS where nobody speaks it',
      async () => ({ TEMPORAL_ADDRESS: stack.temporalServer.address }),
      /nobody speaks TLS at this address: TEMPORAL_ADDRESS, or/,
    ],
  ] as const) {
    it(`is not reached ${title}: each program says which variable to look at, and waits`, async () => {
      const environment = await change();
      await Promise.all(
        PROGRAMS.map(async (main) => {
          const program = await start(main, environment);
          await program.saw(says);
          if (main === 'api/main.js') {
            assert.equal((await fetch(`${program.url}/readyz`)).status, 503);
          }
          await program.end();
          assert.ok(
            program.lines.every((line) => !/^\s+at /.test(line)),
            'no stack trace',
          );
        }),
      );
    });
  }

  for (const [title, change, says] of [
    ['without an API key', {}, /does not let us into the namespace default: set TEMPORAL_API_KEY/],
    [
      'with another API key',
      { TEMPORAL_API_KEY: 'another-key' },
      /does not let TEMPORAL_API_KEY into the namespace default/,
    ],
  ] as const) {
    it(`lets nobody in ${title}: each program says so, and the worker ends`, async () => {
      const environment = { ...change, TEMPORAL_ADDRESS: guarded.address };
      const [worker, api, migrate] = await Promise.all(
        PROGRAMS.map(async (main) => await start(main, environment)),
      );
      assert.equal(await worker!.exitCode(), 1);
      assert.match(worker!.lines.join('\n'), says);
      await api!.saw(says);
      assert.equal((await fetch(`${api!.url}/readyz`)).status, 503);
      await migrate!.saw(says);
      await Promise.all([api!.end(), migrate!.end()]);
    });
  }

  it('has a namespace that was migrated, or the worker ends and says so', async () => {
    const worker = await start('worker/main.js', { TEMPORAL_NAMESPACE: 'nowhere' });
    assert.equal(await worker.exitCode(), 1);
    const says = 'Temporal has no namespace nowhere: run the program migrate first.';
    assert.ok(worker.lines.includes(says), worker.lines.join('\n'));
  });

  it('says that the server’s certificate has expired', async () => {
    const old = await authority.issue('old', [{ type: 'ip', value: '127.0.0.1' }], -1);
    const shut = await openDoor({ address: stack.temporalServer.address, server: old });
    const migrate = await start('worker/migrate.js', { TEMPORAL_ADDRESS: shut.address });
    await migrate.saw(/certificate of Temporal’s server has expired/);
    await migrate.end();
    await shut.close();
  });
});

/** Faults of Temporal and of what it stores. Each is planted alone, in the server of the tests, which others use too. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { Client, type Connection } from '@temporalio/client';
import { eventually } from '../support/eventually.ts';
import { openDoor } from '../support/temporal-door.ts';
import { createAuthority } from '../support/authority.ts';
import { rental } from '../support/orders.ts';
import { testCodec } from '../support/codec.ts';
import { openPatient, type Patient } from './patient.ts';
import { dataConverterOf } from '../../temporal/codec/data-converter.ts';
import { createPayloadCodec } from '../../temporal/codec/payload-codec.ts';
import { prepareDailySchedule } from '../../temporal/daily-schedule.ts';
import { msToTs } from '../../temporal/sdk-internals.ts';
import { registerSearchAttributes } from '../../worker/namespace.ts';
import { dailyScheduleIdOf, SEARCH_ATTRIBUTES } from '../../workflows/contract.ts';

describe('the doctor finds, of Temporal,', () => {
  let patient: Patient;
  let found: Patient['assertFound'];
  before(async () => {
    patient = await openPatient();
    await patient.heal();
    found = patient.assertFound;
  });
  after(() => patient.close());

  it('nobody at its address', async () => {
    const told = await found(
      { 'temporal-reachable': 'fault', 'temporal-namespace': 'unknown', ...UNASKED },
      { TEMPORAL_ADDRESS: '127.0.0.1:1' },
    );
    assert.match(told('temporal-reachable'), /127\.0\.0\.1:1: nobody answers/);
    assert.match(told('codec-keys'), /See temporal-reachable/);
  });

  it('a server that wants TLS, and a certificate of ours that is soon to end', async (t) => {
    const authority = await createAuthority();
    const server = await authority.issue('temporal', [{ type: 'ip', value: '127.0.0.1' }]);
    const own = await authority.issue('doctor', [], 10);
    const { address } = patient.stack.temporalServer;
    const door = await openDoor({ address, server, clientCa: authority.ca });
    t.after(async () => {
      await door.close();
      await authority.remove();
    });
    const told = await found(
      { 'temporal-reachable': 'fault', 'temporal-namespace': 'unknown', ...UNASKED },
      { TEMPORAL_ADDRESS: door.address },
    );
    assert.match(told('temporal-reachable'), /speaks TLS at this address/);
    const key = await patient.file('temporal.key', own.key);
    await found(
      { 'temporal-certificate': 'warning' },
      {
        TEMPORAL_ADDRESS: door.address,
        TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority.caFile,
        TEMPORAL_TLS_CLIENT_CERT_PATH: own.certFile,
        TEMPORAL_TLS_CLIENT_KEY_PATH: key,
      },
    );
  });

  it('a namespace that is not there', async () => {
    const told = await found(
      { 'temporal-namespace': 'fault', ...UNASKED },
      { TEMPORAL_NAMESPACE: `nobodys-${randomUUID()}` },
    );
    assert.match(told('temporal-namespace'), /Run migrate/);
  });

  it('a retention that is too short', async () => {
    const told = await found({ 'temporal-retention': 'fault' }, { TEMPORAL_RETENTION_DAYS: '400' });
    assert.match(told('temporal-retention'), /for 120 days, and TEMPORAL_RETENTION_DAYS is 400/);
  });

  it('a search attribute that is missing, in a namespace without workers', async () => {
    const { connection } = patient.stack.client;
    const namespace = `doctor-${randomUUID()}`;
    const others = Object.values(SEARCH_ATTRIBUTES).filter(
      ({ name }) => name !== SEARCH_ATTRIBUTES.codecKey.name,
    );
    await (connection as Connection).workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('120 days'),
    });
    await eventually('the namespace', async () => {
      const adding = registerSearchAttributes(connection as Connection, namespace, others);
      return await adding.then(
        () => true,
        () => false,
      );
    });
    const dataConverter = dataConverterOf(testCodec());
    await prepareDailySchedule(new Client({ connection, namespace, dataConverter }), [
      patient.service,
    ]);
    const told = await found(
      {
        'search-attributes': 'fault',
        'task-queue': 'fault',
        'temporal-clock': 'unknown',
        'codec-keys': 'unknown',
      },
      { TEMPORAL_NAMESPACE: namespace },
    );
    assert.match(told('search-attributes'), /lacks PayscoreCodecKey \(KEYWORD\)/);
    assert.match(told('codec-keys'), /See search-attributes/);
  });

  describe('of the daily schedule,', () => {
    const handle = () =>
      patient.stack.client.schedule.getHandle(dailyScheduleIdOf(patient.service.mchid));
    const mend = () => prepareDailySchedule(patient.stack.client, [patient.service]);
    /** Made anew: who brings one up to date reads it first. */
    async function made(client: Client): Promise<void> {
      await handle().delete();
      await prepareDailySchedule(client, [patient.service]);
    }

    it('that there is none', async (t) => {
      await handle().delete();
      t.after(mend);
      await found({ 'daily-schedule': 'fault', 'daily-schedule-argument': 'unknown' });
    });

    it('that it is paused', async (t) => {
      await handle().pause('for a while');
      t.after(() => handle().unpause());
      const told = await found({ 'daily-schedule': 'fault' });
      assert.match(told('daily-schedule'), /paused/);
    });

    it('that it starts something else', async (t) => {
      await handle().update((former) => ({
        ...former,
        action: { ...former.action, workflowType: 'somethingElse' },
      }));
      t.after(mend);
      await found({ 'daily-schedule': 'fault' });
    });

    it('that it is for another callback address', async (t) => {
      const notify_url = 'https://old.example.com/wechatpay/notifications';
      await prepareDailySchedule(patient.stack.client, [{ ...patient.service, notify_url }]);
      t.after(mend);
      const told = await found({ 'daily-schedule-argument': 'fault' });
      assert.doesNotMatch(told('daily-schedule-argument'), /old\.example/);
    });

    it('that its argument is encrypted under a key that is not here, and which', async (t) => {
      const secrets = [randomBytes(32)];
      const codec = createPayloadCodec({ secrets, encrypts: true });
      await made(clientWith(codec));
      t.after(() => made(patient.stack.client));
      const told = await found({ 'daily-schedule-argument': 'fault' });
      assert.ok(told('daily-schedule-argument').includes(codec.keyId!));
    });

    it('that its argument is not encrypted', async (t) => {
      await made(clientWith(createPayloadCodec({ secrets: [], encrypts: false })));
      t.after(mend);
      await found({ 'daily-schedule-argument': 'fault' });
    });
  });

  describe('of codec keys,', () => {
    let other: string;
    const ours = () => patient.variables['CODEC_KEY_FILES']!;
    const oursId = testCodec().keyId!;
    before(async () => {
      other = await patient.file('other.key', `${randomBytes(32).toString('hex')}\n`);
      const { api, people } = patient.stack;
      const order = rental();
      await people.authorise(order.openid);
      assert.equal((await api.open(order)).status, 201);
    });

    it('one that an order needs which goes on', async () => {
      await eventually('the order in lists', async () => {
        const findings = await patient.examined({ CODEC_KEY_FILES: other });
        return findings.some(({ id, state }) => id === 'codec-keys' && state === 'fault');
      });
      const told = await found(
        { 'codec-keys': 'fault', 'daily-schedule-argument': 'fault' },
        { CODEC_KEY_FILES: other },
      );
      assert.ok(told('codec-keys').includes(oursId));
    });

    it('which former ones are needed still, and which are not', async () => {
      const needed = await found({}, { CODEC_KEY_FILES: `${other},${ours()}` });
      assert.match(
        needed('former-codec-keys'),
        new RegExp(`^Still needed: ${oursId} \\(the daily schedule\\)\\. → null$`),
      );
      const free = await found({}, { CODEC_KEY_FILES: `${ours()},${other}` });
      assert.match(free('former-codec-keys'), /^Not needed any more: [0-9a-f]{16}\. → .*deleted/);
    });

    it('one that holds no key, of which nothing is then known', async () => {
      const bad = await patient.file('bad.key', 'not a key\n');
      await found(
        {
          'worker-configuration': 'fault',
          'api-configuration': 'fault',
          'migrate-configuration': 'fault',
          'daily-schedule-argument': 'unknown',
          'codec-keys': 'unknown',
          'former-codec-keys': 'unknown',
        },
        { CODEC_KEY_FILES: bad },
      );
    });

    it('that nothing is encrypted', async () => {
      await found({ 'codec-keys': 'warning' }, { CODEC_ENCRYPTION: 'off' });
    });
  });

  function clientWith(codec: Parameters<typeof dataConverterOf>[0]): Client {
    const { connection } = patient.stack.client;
    return new Client({ connection, dataConverter: dataConverterOf(codec) });
  }
});

/** What depends on Temporal's answers. */
const UNASKED = {
  'temporal-retention': 'unknown',
  'search-attributes': 'unknown',
  'task-queue': 'unknown',
  'temporal-clock': 'unknown',
  'daily-schedule': 'unknown',
  'daily-schedule-argument': 'unknown',
  'codec-keys': 'unknown',
} as const;

/** The receiver of events: there, away, or with a certificate that the worker would not take; and nothing is sent to it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { after, before, describe, it, type TestContext } from 'node:test';
import { doctorConfig } from '../../config/doctor.ts';
import { receiverCheck } from '../../doctor/events/receiver.ts';
import { EN } from '../../words/en.ts';
import { createAuthority, type Authority, type Issued } from '../support/authority.ts';
import { startDoctor } from '../support/program.ts';
import { findingOf } from './patient.ts';
import type { Finding } from '../../doctor/finding.ts';

const HERE = [{ type: 'ip', value: '127.0.0.1' }] as const;
const TOKEN = 'kept-secret';

describe('the doctor finds, of the receiver of events,', () => {
  let authority: Authority;
  before(async () => {
    authority = await createAuthority();
  });
  after(() => authority.remove());

  it('that there is none, which may be meant', async () => {
    const { state, sentence } = await seen({});
    assert.equal(state, 'ok');
    assert.match(sentence, /EVENTS_URL is not set/);
  });

  it('an address that cannot be used', async () => {
    const { state, do: advice } = await seen({ EVENTS_URL: 'http://business.example.com/events' });
    assert.equal(state, 'unknown');
    assert.match(advice, /See worker-configuration/);
  });

  it('that the worker, who sends, is somewhere else', async () => {
    const { state, sentence } = await seen({
      EVENTS_URL: 'http://127.0.0.1:1/events',
      WECHATPAY_NOTIFY_URL: 'https://pay.example.com/wechatpay/notifications',
    });
    assert.equal(state, 'unknown');
    assert.match(sentence, /The worker sends events/);
  });

  it('that it listens, and sends it nothing', async (t) => {
    const { port, heard } = await taking(t, createServer());
    const { state, sentence } = await seen({ EVENTS_URL: `http://127.0.0.1:${port}/events` });
    assert.equal(state, 'ok', sentence);
    assert.match(sentence, /Nothing was sent there/);
    assert.equal(await heard(), '');
  });

  it('that nobody listens', async () => {
    const { state, sentence, do: advice } = await seen({ EVENTS_URL: 'http://127.0.0.1:1/events' });
    assert.equal(state, 'fault');
    assert.match(sentence, /Nobody listens at EVENTS_URL \(ECONNREFUSED\)/);
    assert.match(advice, /Start the receiver/);
  });

  it('somebody who takes connections and says nothing, within seconds', async (t) => {
    const { port } = await taking(t, createServer());
    const { state, sentence } = await seen({ EVENTS_URL: `https://127.0.0.1:${port}/events` });
    assert.equal(state, 'fault');
    assert.match(sentence, /TLS with it fails \(nothing within 5 s\)/);
  });

  it('somebody who speaks no TLS', async (t) => {
    const { port } = await taking(
      t,
      createServer((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    const { state, sentence } = await seen({ EVENTS_URL: `https://127.0.0.1:${port}/events` });
    assert.equal(state, 'fault');
    assert.match(sentence, /TLS with it fails \((ERR_SSL_|EPROTO)/);
  });

  describe('by TLS,', () => {
    it('a certificate from an authority that the worker trusts, and sends nothing', async (t) => {
      const { port, heard } = await secure(t, await authority.issue('receiver', [...HERE]));
      const { state, sentence } = await told({ EVENTS_URL: addressOf(port) });
      assert.equal(state, 'ok', sentence);
      assert.match(sentence, /with a certificate that we trust\. Nothing was sent there/);
      assert.equal(await heard(), '');
    });

    it('one from an authority that nobody knows', async (t) => {
      const { port } = await secure(t, await authority.issue('unknown', [...HERE]));
      const { state, sentence, do: advice } = await seen({ EVENTS_URL: addressOf(port) });
      assert.equal(state, 'fault');
      assert.match(sentence, /Somebody listens .* TLS with it fails \(UNABLE_TO_/);
      assert.match(advice, /NODE_EXTRA_CA_CERTS/);
    });

    it('one that has ended, and one for another name', async (t) => {
      const ended = await secure(t, await authority.issue('ended', [...HERE], -1));
      const { sentence } = await told({ EVENTS_URL: addressOf(ended.port) });
      assert.match(sentence, /TLS with it fails \(CERT_HAS_EXPIRED\)/);
      const names = [{ type: 'ip', value: '127.0.0.2' }] as const;
      const other = await secure(t, await authority.issue('other', [...names]));
      const { state, sentence: ofOther } = await told({ EVENTS_URL: addressOf(other.port) });
      assert.equal(state, 'fault');
      assert.match(ofOther, /TLS with it fails \(ERR_TLS_CERT_ALTNAME_INVALID\)/);
    });
  });

  async function seen(variables: Readonly<Record<string, string>>) {
    const { look } = receiverCheck({ config: doctorConfig(variables), words: EN.doctor });
    const {
      state,
      sentence,
      do: advice,
    } = await look().catch(({ said }) => ({
      state: 'unknown',
      ...said,
    }));
    assertTellsNothing(`${sentence} ${advice}`);
    return { state, sentence, do: String(advice) };
  }

  /** As a program, which is told at its start whom to trust. */
  async function told(variables: Readonly<Record<string, string>>): Promise<Finding> {
    const program = await startDoctor(
      {
        ...variables,
        TEMPORAL_ADDRESS: '127.0.0.1:1',
        NODE_EXTRA_CA_CERTS: authority.caFile,
      },
      '--json',
    );
    await program.exitCode();
    const report = program.lines.join('\n');
    assertTellsNothing(report);
    return findingOf((JSON.parse(report) as { findings: Finding[] }).findings, 'events-receiver');
  }
});

function addressOf(port: number): string {
  return `https://127.0.0.1:${port}/events?token=${TOKEN}`;
}

/** The address may hold a secret. */
function assertTellsNothing(report: string): void {
  assert.ok(!report.includes(TOKEN) && !report.includes('/events?'), report);
}

/** Takes connections, and holds what it hears on them. */
async function taking(t: TestContext, server: Server, connected = 'connection') {
  const ended: Promise<string>[] = [];
  const sockets = new Set<Socket>();
  const first = once(server, connected);
  server.on(connected, (socket: Socket) => {
    sockets.add(socket.on('error', () => undefined));
    let said = '';
    socket.on('data', (data) => (said += String(data)));
    ended.push(new Promise((resolve) => socket.once('close', () => resolve(said))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    /** Of all that was said, once who connected is gone. */
    async heard() {
      await first;
      return (await Promise.all(ended)).join('');
    },
  };
}

async function secure(t: TestContext, { cert, key }: Issued) {
  const server = createSecureServer({ cert, key }).on('tlsClientError', () => undefined);
  return await taking(t, server, 'secureConnection');
}

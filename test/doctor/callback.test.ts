/** The address at which WeChat Pay calls back: our API behind it, somebody else, or nobody; and its certificate. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it, type TestContext } from 'node:test';
import { createAuthority, type Authority } from '../support/authority.ts';
import { startDoctor } from '../support/program.ts';
import { prepareDailySchedule } from '../../temporal/daily-schedule.ts';
import { findingOf, openPatient, type Patient } from './patient.ts';
import type { Finding } from '../../doctor/finding.ts';

const PATH = '/wechatpay/notifications';

describe('the doctor finds, of the callback address,', () => {
  let patient: Patient;
  let authority: Authority;
  before(async () => {
    [patient, authority] = await Promise.all([openPatient(), createAuthority()]);
    await patient.heal();
  });
  after(async () => {
    await patient.close();
    await authority.remove();
  });

  /** The schedule goes with the address, as after `migrate`. */
  async function at(url: string): Promise<Record<string, string>> {
    const { service, stack } = patient;
    await prepareDailySchedule(stack.client, [{ ...service, notify_url: url }]);
    return { WECHATPAY_NOTIFY_URL: url };
  }

  async function listening(t: TestContext, listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
  }

  it('nobody', async () => {
    const told = await patient.assertFound(
      { 'callback-address': 'fault' },
      await at(`http://127.0.0.1:1${PATH}`),
    );
    assert.match(told('callback-address'), /does not answer: ECONNREFUSED/);
  });

  for (const [what, status, body] of [
    ['a firewall that says yes to everybody', 200, ''],
    ['a page that does not exist', 404, '<html>'],
    ['a login', 302, ''],
    ['another API that refuses', 401, '{"code":"FAIL","message":"who are you"}'],
    ['a gateway that finds nobody behind it', 502, 'Bad Gateway'],
    ['an answer without end', 401, 'x'.repeat(100_000)],
  ] as const) {
    it(what, async (t) => {
      const url = await listening(t, (_request, response) => {
        response.writeHead(status, { location: 'https://login.example.com/' }).end(body);
      });
      const told = await patient.assertFound({ 'callback-address': 'fault' }, await at(url));
      assert.match(told('callback-address'), new RegExp(`Somebody else .* HTTP ${status}`));
    });
  }

  it('another path of our own API', async () => {
    const { url } = patient.stack;
    await patient.assertFound(
      { 'callback-address': 'fault' },
      await at(`${url}/wechatpay/notified`),
    );
  });

  describe('by TLS', () => {
    /** In front of our API, as a proxy that ends TLS. */
    async function behindTls(t: TestContext, days?: number): Promise<string> {
      const { cert, key } = await authority.issue(
        'proxy',
        [{ type: 'ip', value: '127.0.0.1' }],
        days,
      );
      const server = createSecureServer({ cert, key }, (incoming, response) => {
        const { method, headers, url: path } = incoming;
        const passed = request(
          new URL(path ?? '', patient.stack.url),
          { method, headers },
          (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(response);
          },
        );
        incoming.pipe(passed);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      t.after(() => server.close());
      return `https://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
    }

    async function trusting(change: Record<string, string>): Promise<readonly Finding[]> {
      const program = await startDoctor(
        { ...patient.variables, ...change, NODE_EXTRA_CA_CERTS: authority.caFile },
        '--json',
      );
      await program.exitCode();
      return (JSON.parse(program.lines.join('\n')) as { findings: Finding[] }).findings;
    }

    it('our API, and for how long its certificate is valid', async (t) => {
      const findings = await trusting(await at(await behindTls(t, 60)));
      assert.deepEqual(
        ['callback-address', 'callback-certificate'].map((id) => findingOf(findings, id).state),
        ['ok', 'ok'],
      );
      assert.match(findingOf(findings, 'callback-certificate').sentence, /for (59|60) more days/);
    });

    it('a certificate that is soon to end', async (t) => {
      const findings = await trusting(await at(await behindTls(t, 2)));
      assert.equal(findingOf(findings, 'callback-address').state, 'ok');
      assert.equal(findingOf(findings, 'callback-certificate').state, 'warning');
    });

    it('a certificate that nobody trusts, or that has ended', async (t) => {
      const told = await patient.assertFound(
        { 'callback-address': 'fault', 'callback-certificate': 'unknown' },
        await at(await behindTls(t)),
      );
      assert.match(told('callback-address'), /UNABLE_TO|SELF_SIGNED/);
      const findings = await trusting(await at(await behindTls(t, -1)));
      assert.match(findingOf(findings, 'callback-address').sentence, /CERT_HAS_EXPIRED/);
    });
  });
});

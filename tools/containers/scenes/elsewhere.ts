/** Temporal and its database are somebody else's: the programs reach it by TLS, with a certificate of theirs, and by nothing less. */
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, secondsSince } from '../commands.ts';
import { ELSEWHERE, type House } from '../house.ts';
import { chargedOnce } from '../ledger.ts';
import type { Tell } from '../table.ts';

const OVERLAY = fileURLToPath(new URL('../elsewhere.yml', import.meta.url));
const PORT = 17_233;

export async function serveElsewhere(house: House, tell: Tell): Promise<void> {
  const ours = join(house.folder, '.env');
  const before = await readFile(ours, 'utf8');
  const tls = join(house.folder, 'secrets/temporal');
  await issueCertificates(tls);
  await house.compose('down');
  const elsewhere = ['--project-name', ELSEWHERE, '-f', 'docker-compose.yml', '-f', OVERLAY];
  // As if by its own people: with a .env that knows of no cluster.
  const theirs = join(house.folder, 'elsewhere.env');
  await writeFile(theirs, `${before}\nELSEWHERE_TLS=${tls}\n`);
  const theirCompose = (...args: string[]) =>
    house.compose(...elsewhere, '--env-file', theirs, ...args);
  try {
    await theirCompose('up', '--detach', '--wait', 'temporal');
    const gateway = '{{(index .IPAM.Config 0).Gateway}}';
    const host = (
      await house.docker('network', 'inspect', '-f', gateway, `${ELSEWHERE}_back`)
    ).trim();
    await appendFile(ours, `\n${linesFor(`${host}:${PORT}`).join('\n')}\n`);
    const begin = Date.now();
    await house.up();
    const services = await house.compose('ps', '--services');
    const isWithout = !/^(postgres|temporal)/m.test(services);
    tell(
      'with Temporal elsewhere, by TLS and a client certificate',
      `up after ${secondsSince(begin)} s`,
      {
        be: 'without its four services here',
        isSo: isWithout,
      },
    );
    const shop = await house.shop();
    const order = await shop.serve();
    await shop.finish(order);
    await chargedOnce(shop, [order]);
    tell('an order there', 'opened, completed, paid');
  } finally {
    await house.compose('down');
    await theirCompose('down', '--volumes');
    await writeFile(ours, before);
    await house.up();
  }
}

function linesFor(address: string): string[] {
  return [
    'COMPOSE_FILE=docker-compose.yml:docker-compose.cluster.yml',
    `TEMPORAL_ADDRESS=${address}`,
    'TEMPORAL_NAMESPACE=payscore',
    'TEMPORAL_TLS_FOLDER=./secrets/temporal',
    'TEMPORAL_TLS_SERVER_NAME=temporal',
    'TEMPORAL_TLS_SERVER_CA_CERT_PATH=/temporal/ca.pem',
    'TEMPORAL_TLS_CLIENT_CERT_PATH=/temporal/client.pem',
    'TEMPORAL_TLS_CLIENT_KEY_PATH=/temporal/client.key',
  ];
}

/** An authority, its server and a client of it, readable by the containers' users. */
async function issueCertificates(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const openssl = async (...args: string[]) => await run('openssl', args, { cwd: folder });
  // Without the machine's own settings, which would make an authority of everybody.
  const request = [
    'req',
    '-x509',
    '-config',
    '/dev/null',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
  ];
  const issue = async (name: string, ...extensions: string[]) => {
    const added = extensions.flatMap((extension) => ['-addext', extension]);
    const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
    const by = name === 'ca' ? [] : ['-CA', 'ca.pem', '-CAkey', 'ca.key'];
    await openssl(...request, ...by, '-subj', `/CN=${name}`, ...added, ...files);
  };
  await issue('ca', 'basicConstraints=critical,CA:TRUE');
  for (const name of ['server', 'client']) {
    await issue(name, 'basicConstraints=critical,CA:FALSE', 'subjectAltName=DNS:temporal');
  }
  await run('chmod', ['-R', 'a+rX', folder]);
}

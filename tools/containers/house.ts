/** The compose file of this repository, as committed, in an engine: brought up, broken, measured, taken down. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, until } from './commands.ts';
import { createShop } from './shop.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Beside a production of the same machine. */
const PROJECT = 'payscore-orders-play';

export type House = Awaited<ReturnType<typeof createHouse>>;

/** @param folder for the .env and the secrets that the README has one write */
export async function createHouse(folder: string, environment: NodeJS.ProcessEnv) {
  const key = randomBytes(32).toString('hex');
  const envFile = await settle(folder, key);
  const inCompose = [
    'compose',
    ...['--project-name', PROJECT],
    ...['--project-directory', ROOT],
    ...['--env-file', envFile],
  ];

  const docker = async (...args: string[]) => await run('docker', args, { env: environment });
  const compose = async (...args: string[]) => await docker(...inCompose, ...args);

  async function containersOf(service: string): Promise<string[]> {
    return linesIn(await compose('ps', '--quiet', service));
  }

  return {
    docker,
    compose,
    containersOf,
    shop: createShop({
      url: 'http://127.0.0.1:3000',
      simulatorUrl: 'http://127.0.0.1:9080',
      key,
    }),
    /** As a crash: killed by the kernel, so that the engine's restart policy holds. `docker kill` would count as our wish. */
    async kill(service: string, nth = 0): Promise<void> {
      const container = (await containersOf(service))[nth];
      if (container === undefined) throw new Error(`no container of ${service}`);
      const pid = Number(await docker('inspect', '--format', '{{.State.Pid}}', container));
      process.kill(pid, 'SIGKILL');
    },
    async isHealthy(service: string): Promise<boolean> {
      const containers = await containersOf(service);
      const states = await docker(
        'inspect',
        '--format',
        '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}',
        ...containers,
      );
      return linesIn(states).every((state) => state === 'healthy' || state === 'running');
    },
    /** MiB by service, of all its containers. */
    async memory(): Promise<ReadonlyMap<string, number>> {
      const lines = linesIn(
        await docker('stats', '--no-stream', '--format', '{{.Name}} {{.MemUsage}}'),
      );
      const sums = new Map<string, number>();
      for (const line of lines) {
        const [, service, amount, unit] =
          new RegExp(`^${PROJECT}-(\\S+)-\\d+ ([\\d.]+)([KMG]iB)`).exec(line) ?? [];
        if (service === undefined) continue;
        const mib = Number(amount) * { KiB: 1 / 1_024, MiB: 1, GiB: 1_024 }[unit as 'MiB'];
        sums.set(service, (sums.get(service) ?? 0) + mib);
      }
      return sums;
    },
    /** Until a whole order can be opened: everything behind the API has come back. */
    async untilServing(): Promise<number> {
      const { newOrder, call } = createShop({
        url: 'http://127.0.0.1:3000',
        simulatorUrl: 'http://127.0.0.1:9080',
        key,
      });
      return await until('an order can be opened', async () => {
        const { status } = await call('POST', '/v1/service-orders', {
          ...(await newOrder()),
          service_introduction: '充电宝租借',
          risk_fund: { name: 'ESTIMATE_ORDER_COST', amount: 9900 },
        });
        return status === 201;
      });
    },
  };
}

/** What the README has one fill in to try it with the simulator. */
async function settle(folder: string, key: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const passwordFile = join(folder, 'postgres_password');
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error; // that of an earlier run, whose database may be there still
    },
  );
  const envFile = join(folder, '.env');
  const digest = createHash('sha256').update(key).digest('hex');
  await writeFile(
    envFile,
    [
      'COMPOSE_PROFILES=simulator',
      'WECHATPAY_NOTIFY_URL=http://api:3000/wechatpay/notifications',
      `API_KEYS_SHA256=${digest}`,
      `POSTGRES_PASSWORD_FILE=${passwordFile}`,
      '',
    ].join('\n'),
  );
  return envFile;
}

export function linesIn(output: string): string[] {
  return output.split('\n').filter((line) => line !== '');
}

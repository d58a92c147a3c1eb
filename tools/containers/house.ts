/** The compose file as committed, in a folder and an engine: what one types is typed there, and everything can be broken. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, until } from './commands.ts';
import { playedIn } from './document.ts';
import { createShop, openingOf, type Shop } from './shop.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Not that of the file: an engine of somebody's may hold a production of that name. */
export const PROJECT = 'payscore-containers';
/** Of the Temporal that is somebody else's. */
export const ELSEWHERE = `${PROJECT}-elsewhere`;

export interface House {
  /** Where the repository is checked out, with its .env and secrets. */
  readonly folder: string;
  docker(...args: string[]): Promise<string>;
  compose(...args: string[]): Promise<string>;
  /** @throws {Error} with what the programs said last */
  up(): Promise<string>;
  /** Types what docs/production.md has under this name. */
  type(name: string): Promise<string>;
  /** Ids of a service's containers. */
  containersOf(service: string): Promise<string[]>;
  /** Of its log, of both outputs. Compose would put codes for terminals before each. */
  linesOf(service: string): Promise<string[]>;
  kill(service: string, nth?: number): Promise<void>;
  isHealthy(service: string): Promise<boolean>;
  /** MiB by service, of all its containers. */
  memory(): Promise<ReadonlyMap<string, number>>;
  /** Business code, with the key that was made at the installation. */
  shop(begin?: Date): Promise<Shop>;
  /** Until an order can be opened again: everything behind the API is back. @returns after how many seconds */
  untilServing(): Promise<number>;
}

/** The repository as it was committed last, and nothing of an earlier run. */
export async function checkOut(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run('git', ['clone', '--quiet', '--depth=1', `file://${ROOT}`, folder]);
}

export async function createHouse(folder: string, around: NodeJS.ProcessEnv): Promise<House> {
  const env = { ...around, COMPOSE_PROJECT_NAME: PROJECT };
  const document = await readFile(join(folder, 'docs/production.md'), 'utf8');
  const docker = async (...args: string[]) => await run('docker', args, { env, cwd: folder });
  const compose = async (...args: string[]) => await docker('compose', ...args);
  const explained = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      const said = await compose('logs', '--tail=5', '--no-color', 'migrate', 'worker', 'api');
      throw new Error(`${(error as Error).message}\n${said}`, { cause: error });
    }
  };
  const containersOf = async (service: string) => linesIn(await compose('ps', '--quiet', service));

  async function shop(begin?: Date): Promise<Shop> {
    const key = (await readFile(join(folder, 'secrets/api_key'), 'utf8')).trim();
    return createShop(
      { url: 'http://127.0.0.1:3000', simulatorUrl: 'http://127.0.0.1:9080', key },
      begin,
    );
  }

  return {
    folder,
    docker,
    compose,
    up: async () => await explained(compose('up', '--detach', '--wait')),
    containersOf,
    async linesOf(service) {
      const [container = ''] = linesIn(await compose('ps', '--all', '--quiet', service));
      const both = ['-c', 'docker logs "$0" 2>&1', container];
      return linesIn(await run('sh', both, { env }));
    },
    shop,
    async type(name) {
      const lines = ['-euo', 'pipefail', '-c', playedIn(document, name)];
      return await explained(run('bash', lines, { env, cwd: folder }));
    },
    /** By the kernel, as in a crash: `docker kill` would count as our wish, after which nothing is restarted. */
    async kill(service, nth = 0) {
      const container = (await containersOf(service))[nth];
      if (container === undefined) throw new Error(`no container of ${service}`);
      process.kill(Number(await docker('inspect', '-f', '{{.State.Pid}}', container)), 'SIGKILL');
    },
    async isHealthy(service) {
      const format = '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}';
      const states = linesIn(
        await docker('inspect', '-f', format, ...(await containersOf(service))),
      );
      return states.every((state) => state === 'healthy' || state === 'running');
    },
    async memory() {
      const sums = new Map<string, number>();
      for (const line of linesIn(
        await docker('stats', '--no-stream', '--format', '{{.Name}} {{.MemUsage}}'),
      )) {
        const [, service, amount, unit] =
          new RegExp(`^${PROJECT}-(\\S+)-\\d+ ([\\d.]+)(KiB|MiB|GiB)`).exec(line) ?? [];
        if (service === undefined) continue;
        const mib = Number(amount) * { KiB: 1 / 1_024, MiB: 1, GiB: 1_024 }[unit as 'MiB'];
        sums.set(service, (sums.get(service) ?? 0) + mib);
      }
      return sums;
    },
    async untilServing() {
      const { call, newOrder } = await shop();
      return await until('an order can be opened', async () => {
        const order = await newOrder();
        const { status } = await call('POST', '/v1/service-orders', openingOf(order));
        return status === 201;
      });
    },
  };
}

export function linesIn(output: string): string[] {
  return output.split('\n').filter((line) => line !== '');
}

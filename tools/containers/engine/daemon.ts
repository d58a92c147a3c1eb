/** `dockerd` and the `containerd` that it starts: found, started and ended by the files that say their process ids. */
import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../commands.ts';
import { succeeds } from '../tools.ts';
import { killContainers, unmountAll } from './leftovers.ts';

export interface DaemonToStart {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The command that stands before it. */
  readonly enter: readonly string[];
}

export interface Daemon {
  /** Of those who call it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Answers when it is done; one of an earlier run is used again. */
  start(): Promise<void>;
  /** With all containers, at once. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const STARTING_MS = 60_000;
const STOPPING_MS = 60_000;
const KILLING_MS = 10_000;
/** Smaller than that of most ways out, which may be tunnels. */
const MTU = '1400';

export function createDaemon({ folder, environment: ours, enter }: DaemonToStart): Daemon {
  const socket = `unix://${join(folder, 'sock')}`;
  const environment = { ...ours, DOCKER_HOST: socket, DOCKER_BUILDKIT: '1' };
  const execFolder = join(folder, 'exec');
  const logFile = join(folder, 'log');
  const pidFiles = {
    dockerd: join(folder, 'pid'),
    containerd: join(execFolder, 'containerd/containerd.pid'),
  };

  const isAnswering = async () => await succeeds('docker', ['version'], environment);

  /** Undefined where it is gone: its id may be another's by now. */
  async function pidOf(program: keyof typeof pidFiles): Promise<number | undefined> {
    const pid = Number(await readFile(pidFiles[program], 'utf8').catch(() => 0));
    if (!(pid > 0)) return undefined;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return command.includes(folder) ? pid : undefined;
  }

  async function start(): Promise<void> {
    if ((await isInNetwork(await pidOf('dockerd'), enter)) && (await isAnswering())) return;
    await kill();
    await mkdir(folder, { recursive: true });
    const log = await open(logFile, 'a');
    const [command = '', ...args] = [
      ...enter,
      'dockerd',
      ...['--data-root', join(folder, 'data'), '--exec-root', execFolder],
      ...['--pidfile', pidFiles.dockerd, '--mtu', MTU, '--host', socket],
    ];
    // It must outlive us: the next run takes it over, or ends it in order.
    const stdio = ['ignore', log.fd, log.fd] as const;
    const child = spawn(command, args, { env: ours, detached: true, stdio: [...stdio] });
    child.on('error', () => undefined); // then it does not answer
    child.unref();
    await log.close();
    const hasEnded = () => child.exitCode !== null || child.pid === undefined;
    await until('the engine answers', async () => hasEnded() || isAnswering(), STARTING_MS);
    if (hasEnded()) throw new Error(`The engine did not start:\n${await lastLinesOf(logFile)}`);
  }

  async function kill(): Promise<void> {
    for (const program of ['dockerd', 'containerd'] as const) {
      const pid = await pidOf(program);
      if (pid !== undefined) {
        process.kill(pid, 'SIGKILL');
        await until(`${program} is gone`, async () => !(await isThere(pid)), KILLING_MS);
      }
      // A file of one that was killed says to the next that it runs already.
      await rm(pidFiles[program], { force: true });
    }
    await killContainers(execFolder);
  }

  async function stop(): Promise<void> {
    const pid = await pidOf('dockerd');
    if (pid !== undefined) {
      process.kill(pid, 'SIGTERM');
      const isGone = async () => !(await isThere(pid));
      await until('the engine has stopped', isGone, STOPPING_MS).catch(() => undefined);
    }
    await kill(); // what did not end in time
    await unmountAll(folder);
  }

  return { environment, start, kill, stop };
}

async function isThere(pid: number): Promise<boolean> {
  return await stat(`/proc/${pid}`).then(
    () => true,
    () => false,
  );
}

/** One in a namespace of that name that has been deleted since would publish its ports where nobody finds them. */
async function isInNetwork(pid: number | undefined, enter: readonly string[]): Promise<boolean> {
  if (pid === undefined) return false;
  const network = enter.find((word) => word.startsWith('--net='))?.slice('--net='.length) ?? '';
  const [its, ours] = await Promise.all(
    [`/proc/${pid}/ns/net`, network].map((file) => stat(file).catch(() => undefined)),
  );
  return its !== undefined && its.ino === ours?.ino;
}

async function lastLinesOf(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim().split('\n').slice(-12).join('\n');
}

/** The Docker engine of this machine, or else one of our own: in a network namespace, with its state in one folder. */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDaemon } from './engine/daemon.ts';
import { closeNetwork, enterNetwork, openNetwork } from './engine/network.ts';
import { withPlugins } from './engine/plugins.ts';
import { requireTools, succeeds } from './tools.ts';

export interface Engine {
  readonly isOurs: boolean;
  /** Of whoever runs `docker`. */
  readonly environment: NodeJS.ProcessEnv;
  /** What stands before a command that shall reach published ports; nothing where the engine is the machine's own. */
  readonly enter: readonly string[];
  /** As if the machine had lost its power, and was on again. @throws {Error} where the engine is not ours */
  crash(): Promise<void>;
  /** Images and volumes stay for the next time. Safe to call twice. */
  end(): Promise<void>;
}

export interface Place {
  /** For all that it keeps. */
  readonly folder: string;
  /** Of its network namespace. */
  readonly name: string;
  /** The first three numbers of the addresses that lead there. */
  readonly subnet: string;
}

/** The address is one of those that are set apart for trials of networks (RFC 2544). */
const PLACE: Place = {
  folder: join(tmpdir(), 'payscore-containers'),
  name: 'payscore',
  subnet: '198.18.79',
};

/** Packages of Debian, by what of them is needed. */
const TOOLS = {
  docker: 'docker.io',
  dockerd: 'docker.io',
  iptables: 'iptables',
  ip: 'iproute2',
  debootstrap: 'debootstrap',
};

export async function openEngine(
  environment: NodeJS.ProcessEnv,
  place: Place = PLACE,
): Promise<Engine> {
  await mkdir(place.folder, { recursive: true });
  if (await succeeds('docker', ['version'], environment)) {
    return await engineOfTheMachine(environment, place);
  }
  return await engineOfOurs(environment, place);
}

async function engineOfTheMachine(
  environment: NodeJS.ProcessEnv,
  { folder }: Place,
): Promise<Engine> {
  return {
    isOurs: false,
    environment: { ...(await withPlugins(environment, folder)), DOCKER_BUILDKIT: '1' },
    enter: [],
    async crash() {
      throw new Error('this engine is not ours to crash');
    },
    end: async () => undefined,
  };
}

/** What a run that was killed has left is used again, or cleared away. */
async function engineOfOurs(environment: NodeJS.ProcessEnv, place: Place): Promise<Engine> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error('no Docker engine answers, and to start one takes root on Linux');
  }
  await requireTools(TOOLS, environment);

  const enter = enterNetwork(place);
  const daemon = createDaemon({ folder: join(place.folder, 'docker'), environment, enter });
  const end = async () => {
    await daemon.stop();
    await closeNetwork(place);
  };
  try {
    await openNetwork(place);
    await daemon.start();
    return {
      isOurs: true,
      environment: await withPlugins(daemon.environment, place.folder),
      enter,
      async crash() {
        await daemon.kill();
        await daemon.start();
      },
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

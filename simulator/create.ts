/** A simulator that runs in this process: for tests, and for the command. */
import { once } from 'node:events';
import { assembleSimulator, type Simulation } from './assemble.ts';
import type { BusinessClock } from './business-clock.ts';
import type { Merchant } from './credentials/merchant.ts';
import { closeServer, createListener, urlOf, type Tls } from './server.ts';

export interface SimulatorOptions extends Simulation {
  /** Default 127.0.0.1: whoever reaches /_control may act for every user. */
  readonly host?: string | undefined;
  /** Default 0: any free one. */
  readonly port?: number | undefined;
  /** How others reach it, where that is not the address it listens on; without a slash at the end. */
  readonly url?: string | undefined;
  /** HTTPS instead of HTTP, /_control included. */
  readonly tls?: Tls | undefined;
}

export interface Simulator {
  /** Without a slash at the end; the same as `merchant.base_url`. */
  readonly url: string;
  /** As it stands: its keys may be changed by command. */
  readonly merchant: Merchant;
  readonly clock: Pick<BusinessClock, 'now' | 'factor' | 'set'>;
  stop(): Promise<void>;
}

/** The port is taken before the folder is touched: a second simulator must not write where the first does. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', port = 0, tls } = options;
  const server = createListener(tls, (req, res) => {
    assembling.then(({ app }) => app(req, res)).catch(() => res.destroy());
  });
  server.listen(port, host);
  await once(server, 'listening');
  const url = options.url ?? urlOf(server, tls);
  const assembling = assembleSimulator(options, url);

  async function end(): Promise<void> {
    const { closePage, stop: stopParts } = await assembling;
    closePage();
    await closeServer(server);
    await stopParts();
  }
  let ending: Promise<void> | undefined;
  const stop = () => (ending ??= end());

  try {
    const { clock, merchant } = await assembling;
    return {
      url,
      get merchant() {
        return merchant();
      },
      clock,
      stop,
    };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

/** One signed request, one verified answer. No retries here: only the caller knows what a repetition would do. */
import { answerOf, type Answer } from './answer.ts';
import { createExchange, type Call, type Exchange, type ExchangeOptions } from './exchange.ts';
import { createHosts, type Hosts, type HostsOptions } from './hosts.ts';
import type { Verifier } from './verification.ts';

export interface TransportOptions
  extends
    Verifier,
    HostsOptions,
    Pick<ExchangeOptions, 'merchant' | 'answerTimeoutMs' | 'onClock'> {
  /** Told how each call ended: with which error, or with an answer. */
  readonly onEnd?: ((error?: unknown) => void) | undefined;
}

export interface Transport {
  /** @throws what {@link answerOf} throws */
  send(call: Call): Promise<Answer>;
  /** The answer as it came: nobody has believed it yet. */
  readonly exchange: Exchange;
  readonly hosts: Hosts;
  close(): Promise<void>;
}

export function createTransport(options: TransportOptions): Transport {
  const hosts = createHosts(options);
  const exchange = createExchange({ ...options, hosts });
  return {
    async send(call) {
      try {
        const answer = await answerOf(await exchange(call), options);
        options.onEnd?.();
        return answer;
      } catch (error) {
        options.onEnd?.(error);
        throw error;
      }
    },
    exchange,
    hosts,
    close: () => hosts.close(),
  };
}

/** One signed request, one verified answer. No retries here: only the caller knows what a repetition would do. */
import { answerOf, type Answer } from './answer.ts';
import { measured, type CallName, type OnCall } from './call-end.ts';
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
  /** Told what each call came to, downloads included. */
  readonly onCall?: OnCall | undefined;
}

export interface NamedCall extends Call {
  readonly name: CallName;
}

export interface Transport {
  /** @throws what {@link answerOf} throws */
  send(call: NamedCall): Promise<Answer>;
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
      return await measured(call.name, options.onCall, async (answered) => {
        try {
          const raw = await exchange(call);
          answered(raw);
          const answer = await answerOf(raw, options);
          options.onEnd?.();
          return answer;
        } catch (error) {
          options.onEnd?.(error);
          throw error;
        }
      });
    },
    exchange,
    hosts,
    close: () => hosts.close(),
  };
}

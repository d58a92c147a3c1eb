/** Temporal, as the checks ask it: whether it is there is found out once, and nothing of it is changed. */
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection, isGrpcServiceError, type ConnectionOptions } from '@temporalio/client';
import type { DoctorWords, Examination } from '../examination.ts';
import { UnansweredError } from '../finding.ts';
import { needed } from '../given.ts';
import { once } from '../once.ts';
import { dataConverterOf } from '../../temporal/codec/data-converter.ts';
import { createPayloadCodec, type OrderCodec } from '../../temporal/codec/payload-codec.ts';
import { retentionMs } from '../../temporal/retention.ts';
import { whyUnreachable } from '../../temporal/unreachable.ts';
import { taskQueueOf } from '../../workflows/contract.ts';

const ANSWER_MS = 3_000;
/** Whoever does not answer at all would have us wait for longer than the whole may take. */
const REASON_MS = 6_000;
const NOT_FOUND = 5;

/** - `away`: nobody answers, or does not let us in - `no-namespace`: it has none of this name */
export type Absence =
  { readonly is: 'away'; readonly why: string } | { readonly is: 'no-namespace' };

export interface Door {
  readonly namespace: string;
  readonly address: string;
  /** For how long the namespace keeps what has ended, in ms; or why that cannot be asked. */
  readonly look: () => Promise<number | Absence>;
  /** @throws {UnansweredError} where there is nobody to ask */
  readonly ask: <T>(question: (client: Client, connection: Connection) => Promise<T>) => Promise<T>;
  /** @throws {UnansweredError} where we do not know whose it is */
  readonly taskQueue: () => string;
  /** @throws {UnansweredError} where the keys cannot be used */
  readonly codec: () => OrderCodec;
  readonly close: () => Promise<void>;
}

/** Where the configuration does not say where Temporal is, nothing that is asked is answered. */
export function openDoor(examination: Pick<Examination, 'config' | 'words'>): Door {
  const { config, words } = examination;
  const { temporal, codec: setting } = config;
  const codec = setting && createPayloadCodec(setting);
  const known = 'namespace' in temporal ? connect(temporal, codec) : undefined;
  const nowhere = () => new UnansweredError(words.temporal.nowhere);
  const look = known ? lookBy(known, words) : () => Promise.reject(nowhere());

  return {
    namespace: known?.namespace ?? '',
    address: known?.options.address ?? '127.0.0.1:7233',
    look,
    async ask(question) {
      const there = await look();
      if (!known) throw nowhere();
      if (typeof there === 'number') {
        return await timed(known, () => question(known.client, known.connection));
      }
      const { silent, namespace } = words.temporal;
      throw new UnansweredError(there.is === 'away' ? silent : namespace.notThere);
    },
    taskQueue: () => taskQueueOf(needed(examination, 'WECHATPAY_MCHID')),
    codec() {
      if (codec) return codec;
      throw new UnansweredError(words.codecKeys.unusable);
    },
    close: async () => await known?.connection.close(),
  };
}

type Known = ReturnType<typeof connect>;

function connect(
  {
    connectionOptions: options,
    namespace,
  }: { connectionOptions: ConnectionOptions; namespace: string },
  codec: OrderCodec | undefined,
) {
  // No interceptor that retries: it sleeps through deadlines.
  const connection = Connection.lazy({ ...options, interceptors: [] });
  const dataConverter = codec && dataConverterOf(codec);
  const client = new Client({ connection, namespace, ...(dataConverter && { dataConverter }) });
  return { options, namespace, connection, client };
}

function lookBy(known: Known, words: DoctorWords): Door['look'] {
  const { options, namespace, connection } = known;
  return once(async (): Promise<number | Absence> => {
    try {
      return await timed(known, () => retentionMs(connection, namespace));
    } catch (error) {
      if (isGrpcServiceError(error) && error.code === NOT_FOUND) return { is: 'no-namespace' };
      const why = await Promise.race([
        whyUnreachable(options, namespace, words.unreachable),
        delay(REASON_MS, undefined, { ref: false }),
      ]);
      return { is: 'away', why: why ?? words.temporal.nobody };
    }
  });
}

function timed<T>({ connection }: Known, question: () => Promise<T>): Promise<T> {
  return connection.withDeadline(Date.now() + ANSWER_MS, question);
}

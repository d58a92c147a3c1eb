/** The API's connection to Temporal. */
import { Connection, type ConnectionOptions } from '@temporalio/client';

/**
 * gRPC would wait up to two minutes between its attempts, longer the longer the server has been away: everybody would be
 * answered 503 for so long though it is back.
 */
const RECONNECT = {
  'grpc.initial_reconnect_backoff_ms': 500,
  'grpc.max_reconnect_backoff_ms': 2_000,
};

/** Lazy: the API starts, and says so, while Temporal is away. No interceptor that retries: it sleeps through deadlines. */
export function connectionTo(options: ConnectionOptions): Connection {
  return Connection.lazy({ ...options, interceptors: [], channelArgs: RECONNECT });
}

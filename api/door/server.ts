/** The API's server: what anybody may take of it who has shown nothing yet. */
import { createServer, type Server } from 'node:http';
import { boundConnections } from './connections.ts';
import { closeUnread } from './unread.ts';

export interface DoorBounds {
  readonly connections: number;
  /** Until the headers are there. */
  readonly headersMs: number;
  /** Until the whole request is there: WeChat Pay itself waits for no more than 5 s. */
  readonly requestMs: number;
  /** Until the answer was taken; longer than any takes to be made. */
  readonly answerMs: number;
}

const DOOR: DoorBounds = {
  connections: 1_000,
  headersMs: 5_000,
  requestMs: 10_000,
  answerMs: 10_000,
};

export interface DoorSetting {
  readonly bounds?: Partial<DoorBounds>;
  /** Told of each connection that had to go. */
  readonly onClosed: () => void;
}

/** Answers nothing yet: the app is its listener for requests. */
export function createDoor({ bounds, onClosed }: DoorSetting): Server {
  const { headersMs, requestMs, ...most } = { ...DOOR, ...bounds };
  const server = createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: headersMs / 5,
  });
  boundConnections(server, most, onClosed);
  closeUnread(server);
  return server;
}

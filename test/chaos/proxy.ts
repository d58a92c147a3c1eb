/** A TCP proxy whose connections can be cut: the network between two programs. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Proxy = Awaited<ReturnType<typeof startProxy>>;

export async function startProxy(target: () => number) {
  const open = new Set<Socket>();
  let refusesUntil = 0;

  const server = createServer((near) => {
    if (Date.now() < refusesUntil) return void near.resetAndDestroy();
    const far = connect({ host: '127.0.0.1', port: target() });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  /** In the middle of whatever is being said. */
  function cutAll(): void {
    for (const socket of open) socket.resetAndDestroy();
  }

  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    url: `http://${address}`,
    /** Cuts every connection, and refuses new ones for so long. */
    cut(ms: number): void {
      refusesUntil = Date.now() + ms;
      cutAll();
    },
    async stop(): Promise<void> {
      server.close();
      cutAll();
      await once(server, 'close');
    },
  };
}

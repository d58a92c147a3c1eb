/** Whether somebody listens where events are sent: nothing is sent there, for whatever came would be an event. */
import { connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Check } from '../check.ts';
import type { Examination } from '../examination.ts';
import { fault, ok, unknown } from '../finding.ts';
import { needed } from '../given.ts';

const PATIENCE_MS = 5_000;

/** Its address may hold a secret: no finding has anything of it. */
export function receiverCheck(examination: Pick<Examination, 'config' | 'words'>): Check {
  const {
    config,
    words: { events: words },
  } = examination;
  return {
    id: 'events-receiver',
    async look() {
      if (!config.isSet('EVENTS_URL')) return ok(words.none);
      const url = new URL(needed(examination, 'EVENTS_URL'));
      // From elsewhere the way may be another.
      if (config.programs.worker === undefined) return unknown(words.elsewhere);
      const met = await meet(url);
      const why = met.failure ?? words.nothingWithin(PATIENCE_MS / 1_000);
      switch (met.as) {
        case 'nobody':
          return fault(words.silent(why));
        case 'somebody':
          return fault(words.untrusted(why));
        case 'receiver':
          return ok(url.protocol === 'https:' ? words.listeningByTls : words.listening);
      }
    },
  };
}

interface Met {
  /** `somebody` takes the connection, and is not proven to be whom the address names. */
  readonly as: 'nobody' | 'somebody' | 'receiver';
  /** The kind alone; undefined where nothing came in time. */
  readonly failure?: string;
}

/** A connection as the worker makes it, which ends where the request would begin. */
async function meet({ protocol, hostname, port }: URL): Promise<Met> {
  const isSecure = protocol === 'https:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const to = { host, port: Number(port || (isSecure ? 443 : 80)) };
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const socket = isSecure
    ? connectTls({ ...to, ...servername, ALPNProtocols: ['http/1.1'] })
    : connectTcp(to);
  let as: Met['as'] = 'nobody';
  const met = new Promise<Met>((resolve) => {
    // Ended in good order: whoever listens may write down a handshake that broke off.
    const content = () => socket.end(() => resolve({ as: 'receiver' }));
    socket
      .once('connect', () => {
        as = 'somebody';
        if (!isSecure) content();
      })
      .once('secureConnect', content)
      .once('error', ({ code, name }: NodeJS.ErrnoException) =>
        resolve({ as, failure: code ?? name }),
      )
      .once('close', () => resolve({ as, failure: 'ECONNRESET' }))
      .setTimeout(PATIENCE_MS, () => resolve({ as }));
  });
  try {
    return await met;
  } finally {
    socket.destroy();
  }
}

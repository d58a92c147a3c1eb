/** Where WeChat Pay is reached: its address, the backup in another city, and connections that are kept alive. */
import { Pool } from 'undici';
import { createTunnel } from './tunnel.ts';

const CONNECT_TIMEOUT_MS = 3_000;
const CONNECTIONS = 32;
/** Longer than a call takes: what still runs then is a download. */
const GRACE_MS = 12_000;

export interface HostsOptions {
  /** e.g. `https://api.mch.weixin.qq.com`. */
  readonly baseUrl: string;
  /** Tried when no connection can be made, e.g. `https://api2.mch.weixin.qq.com`. */
  readonly backupUrl?: string | undefined;
  /** A forward proxy on the way, e.g. `http://proxy:3128`. Only https goes through. */
  readonly proxyUrl?: string | undefined;
  /** Default 3 s. */
  readonly connectTimeoutMs?: number | undefined;
}

export interface Hosts {
  /** In the order in which they are tried. */
  readonly pools: readonly Pool[];
  /** The connections to a link's host, or undefined for a host that is not WeChat Pay's: nothing must be signed for it. */
  ownerOf(link: URL): Pool | undefined;
  /** Waits for calls that run, and cuts off downloads that last. */
  close(): Promise<void>;
}

const WECHATPAY = /(^|\.)mch\.weixin\.qq\.com$/;

export function createHosts(options: HostsOptions): Hosts {
  const { baseUrl, backupUrl, proxyUrl, connectTimeoutMs = CONNECT_TIMEOUT_MS } = options;
  const connect =
    proxyUrl === undefined
      ? { timeout: connectTimeoutMs }
      : createTunnel(proxyUrl, connectTimeoutMs);
  const pools = new Map<string, Pool>();
  const poolOf = (origin: string): Pool => {
    const pool = pools.get(origin) ?? new Pool(origin, { connections: CONNECTIONS, connect });
    pools.set(origin, pool);
    return pool;
  };
  const base = new URL(baseUrl);
  const configured = [base, ...(backupUrl === undefined ? [] : [new URL(backupUrl)])];

  return {
    pools: configured.map(({ origin }) => poolOf(origin)),
    ownerOf(link) {
      if (link.username !== '' || link.password !== '') return undefined;
      const isConfigured = configured.some(({ origin }) => origin === link.origin);
      return isConfigured || (isWechatpay(base) && isWechatpay(link))
        ? poolOf(link.origin)
        : undefined;
    },
    async close() {
      const all = [...pools.values()];
      const impatience = setTimeout(() => {
        for (const pool of all) void pool.destroy();
      }, GRACE_MS).unref();
      await Promise.all(all.map((pool) => pool.close()));
      clearTimeout(impatience);
    },
  };
}

function isWechatpay({ protocol, hostname, port }: URL): boolean {
  return protocol === 'https:' && port === '' && WECHATPAY.test(hostname);
}

/**
 * Where our API says that an order stands: asked when something about the order has changed, and never while nothing happens.
 * What a change leads to here takes a moment, so that it is looked at a few times, less and less soon. What could not be answered
 * is asked again, ever more rarely, while somebody looks.
 */
import type { Announcer, Change } from '../announcer.ts';
import type { MerchantApi } from './api.ts';

export interface KnownPhase {
  /** Undefined for an order that our API does not know. */
  readonly phase?: string;
  readonly trouble?: string;
  /** Fen that are to be paid back. */
  readonly refund_due?: number;
  readonly token?: string;
}

export interface Phases {
  /** As it was last told; undefined until it is known for the first time, which begins with this question. */
  of(out_order_no: string): KnownPhase | undefined;
  /** Takes what an answer of our API shows of the order. */
  told(out_order_no: string, body: Readonly<Record<string, unknown>>): void;
  stop(): void;
}

export interface PhasesParts {
  readonly api: Pick<MerchantApi, 'get'>;
  readonly announcer: Announcer;
  /** The order that a notification is about. */
  readonly orderOf: (notification: string) => string | undefined;
  /** Whether a page is open, which shows what is told. */
  readonly isLookedAt: () => boolean;
}

const LOOKS_AFTER_MS = [120, 500, 1_500, 4_000];
/** After an answer that was none, twice as long after each further one. */
const AGAIN_AFTER_MS = 1_000;
const AGAIN_AFTER_AT_MOST_MS = 30_000;
const KEPT = 200;
const AT_ONCE = 4;

interface Watched {
  known?: KnownPhase;
  /** Looks that are still to come after the latest change. */
  looks: NodeJS.Timeout[];
  /** After the latest answer, which was none: how long is waited, and for what. */
  pauseMs?: number;
  again?: NodeJS.Timeout;
  /** The pause is over, and nobody looked. */
  isDue?: boolean;
}

export function createPhases(parts: PhasesParts): Phases {
  const { api, announcer, orderOf, isLookedAt } = parts;
  const watched = new Map<string, Watched>();
  const waiting: string[] = [];
  const asked = new Set<string>();

  const unsubscribe = announcer.subscribe((change) => {
    const out_order_no = subjectOf(change);
    const it = out_order_no === undefined ? undefined : watched.get(out_order_no);
    if (it !== undefined && out_order_no !== undefined) lookAgain(out_order_no, it);
  });

  function subjectOf({ kind, key }: Change): string | undefined {
    if (kind === 'order' || kind === 'call' || kind === 'event') return key;
    return kind === 'notification' ? orderOf(key) : undefined;
  }

  function lookAgain(out_order_no: string, it: Watched): void {
    for (const look of it.looks) clearTimeout(look);
    it.looks = LOOKS_AFTER_MS.map((ms) => setTimeout(() => enqueue(out_order_no), ms).unref());
  }

  function enqueue(out_order_no: string): void {
    if (!waiting.includes(out_order_no)) waiting.push(out_order_no);
    askNext();
  }

  /** An order is not asked about while it is: the older answer might come last. */
  function askNext(): void {
    while (asked.size < AT_ONCE) {
      const at = waiting.findIndex((it) => !asked.has(it));
      const [next] = at < 0 ? [] : waiting.splice(at, 1);
      if (next === undefined) return;
      void ask(next);
    }
  }

  async function ask(out_order_no: string): Promise<void> {
    asked.add(out_order_no);
    const { status, body } = await api.get(
      `/v1/service-orders/${encodeURIComponent(out_order_no)}`,
    );
    asked.delete(out_order_no);
    if (status === 200 && typeof body['phase'] === 'string') told(out_order_no, knownIn(body));
    else if (status === 404) told(out_order_no, {});
    else askLater(out_order_no);
    askNext();
  }

  function askLater(out_order_no: string): void {
    const it = watched.get(out_order_no);
    if (it === undefined) return;
    it.pauseMs = Math.min(2 * (it.pauseMs ?? AGAIN_AFTER_MS / 2), AGAIN_AFTER_AT_MOST_MS);
    const again = () => {
      if (isLookedAt()) enqueue(out_order_no);
      else it.isDue = true;
    };
    clearTimeout(it.again);
    it.again = setTimeout(again, it.pauseMs).unref();
  }

  function told(out_order_no: string, known: KnownPhase): void {
    const it = watched.get(out_order_no);
    if (it === undefined) return;
    clearTimeout(it.again);
    delete it.pauseMs;
    if (JSON.stringify(known) === JSON.stringify(it.known)) return;
    it.known = known;
    announcer.announce({ kind: 'phase', key: out_order_no });
  }

  /** Who was not looked at for longest is forgotten. */
  function watch(out_order_no: string): Watched {
    const it = watched.get(out_order_no) ?? { looks: [] };
    watched.delete(out_order_no);
    watched.set(out_order_no, it);
    const [oldest] = watched.keys();
    if (watched.size > KEPT && oldest !== undefined) forget(oldest);
    return it;
  }

  function of(out_order_no: string): KnownPhase | undefined {
    const isNew = !watched.has(out_order_no);
    const it = watch(out_order_no);
    if (isNew || it.isDue) {
      it.isDue = false;
      enqueue(out_order_no);
    }
    return it.known;
  }

  function forget(out_order_no: string): void {
    const { looks = [], again } = watched.get(out_order_no) ?? {};
    for (const look of [...looks, again]) clearTimeout(look);
    watched.delete(out_order_no);
  }

  return {
    of,
    told(out_order_no, body) {
      watch(out_order_no);
      if (typeof body['phase'] === 'string') told(out_order_no, knownIn(body));
    },
    stop() {
      unsubscribe();
      for (const out_order_no of watched.keys()) forget(out_order_no);
    },
  };
}

function knownIn(body: Readonly<Record<string, unknown>>): KnownPhase {
  const { phase, trouble, refund_due, authorization } = body as {
    phase: string;
    trouble?: string;
    refund_due?: { amount: number };
    authorization?: { apply_permissions_token: string };
  };
  return {
    phase,
    ...(trouble !== undefined && { trouble }),
    // It stays to be seen when it was paid back; the trouble, the gravest of all, does not.
    ...(trouble === 'refund_due' && refund_due && { refund_due: refund_due.amount }),
    ...(authorization !== undefined && { token: authorization.apply_permissions_token }),
  };
}

/** The users whom the page knows, each behind an id of its own: no openid is in a URL. */
import { randomBytes } from 'node:crypto';

export interface PhoneUser {
  readonly id: string;
  readonly openid: string;
  /** What they have rented here, the newest first: some of it WeChat Pay does not know yet. */
  readonly rented: readonly string[];
}

export interface PhoneUsers {
  /** Who has never been seen. */
  create(): PhoneUser;
  ofOpenid(openid: string): PhoneUser;
  find(id: string): PhoneUser | undefined;
  rents(user: PhoneUser, out_order_no: string): void;
  /** It has come to nothing. */
  rentsNot(user: PhoneUser, out_order_no: string): void;
  /** The newest first. */
  latest(count: number): readonly PhoneUser[];
}

const KEPT = 500;
const RENTED = 20;

export function createPhoneUsers(): PhoneUsers {
  const users = new Map<string, PhoneUser>();
  /** By openid; who was used last is last. */
  const ids = new Map<string, string>();

  function enter(openid: string): PhoneUser {
    const user = { id: randomBytes(4).toString('hex'), openid, rented: [] };
    users.set(user.id, user);
    ids.set(openid, user.id);
    const [unused] = ids;
    if (users.size > KEPT && unused !== undefined) {
      const [openidOfUnused, id] = unused;
      users.delete(id);
      ids.delete(openidOfUnused);
    }
    return user;
  }

  function used(user: PhoneUser | undefined): PhoneUser | undefined {
    if (user === undefined) return undefined;
    ids.delete(user.openid);
    ids.set(user.openid, user.id);
    return user;
  }

  function keepRented({ id }: PhoneUser, change: (rented: readonly string[]) => string[]): void {
    const user = users.get(id);
    if (user !== undefined)
      users.set(id, { ...user, rented: change(user.rented).slice(0, RENTED) });
  }

  return {
    create: () => enter(`oPage_${randomBytes(10).toString('hex')}`),
    ofOpenid: (openid) => used(users.get(ids.get(openid) ?? '')) ?? enter(openid),
    find: (id) => used(users.get(id)),
    rents: (user, out_order_no) => keepRented(user, (rented) => [out_order_no, ...rented]),
    rentsNot: (user, out_order_no) =>
      keepRented(user, (rented) => rented.filter((it) => it !== out_order_no)),
    latest: (count) => [...users.values()].slice(-count).toReversed(),
  };
}

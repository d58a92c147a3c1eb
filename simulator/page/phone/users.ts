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
  /** The newest first. */
  latest(count: number): readonly PhoneUser[];
}

const KEPT = 500;
const RENTED = 20;

export function createPhoneUsers(): PhoneUsers {
  const users = new Map<string, PhoneUser>();
  const ids = new Map<string, string>();

  function enter(openid: string): PhoneUser {
    const user = { id: randomBytes(4).toString('hex'), openid, rented: [] };
    users.set(user.id, user);
    ids.set(openid, user.id);
    const [oldest] = users.values();
    if (users.size > KEPT && oldest !== undefined) {
      users.delete(oldest.id);
      ids.delete(oldest.openid);
    }
    return user;
  }

  return {
    create: () => enter(`oPage_${randomBytes(10).toString('hex')}`),
    ofOpenid: (openid) => users.get(ids.get(openid) ?? '') ?? enter(openid),
    find: (id) => users.get(id),
    rents(user, out_order_no) {
      const { rented } = users.get(user.id) ?? user;
      const latest = [out_order_no, ...rented].slice(0, RENTED);
      users.set(user.id, { ...user, rented: latest });
    },
    latest: (count) => [...users.values()].slice(-count).toReversed(),
  };
}

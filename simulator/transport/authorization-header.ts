/** The `Authorization` header of APIv3, taken apart. */

import * as z from 'zod';

const Authorization = z.object({
  mchid: z.string(),
  /** At most 32 characters; that they be letters and digits is only recommended (docs/wechatpay-facts.md#requests). */
  nonce_str: z.string().max(32),
  signature: z.string(),
  timestamp: z.string().regex(/^\d{1,12}$/),
  serial_no: z.string(),
});
export type Authorization = z.infer<typeof Authorization>;

const SCHEME = /^WECHATPAY2-SHA256-RSA2048 +(.+)$/;
const PARAMETER = /^\s*(mchid|nonce_str|signature|timestamp|serial_no)="([^"]+)"\s*$/;

/** All five parameters once each, in any order, none of them empty; undefined for anything else. */
export function readAuthorization(header: string | undefined): Authorization | undefined {
  const list = SCHEME.exec(header ?? '')?.[1];
  if (list === undefined) return undefined;
  const parameters = new Map<string, string>();
  for (const part of list.split(',')) {
    const [, name, value] = PARAMETER.exec(part) ?? [];
    if (name === undefined || value === undefined || parameters.has(name)) return undefined;
    parameters.set(name, value);
  }
  return Authorization.safeParse(Object.fromEntries(parameters)).data;
}

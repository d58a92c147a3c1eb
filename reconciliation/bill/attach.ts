/** What WeChat Pay writes into 商户数据包 where it charged a pay score order by itself. */

export interface Attach {
  readonly order_id: string;
  readonly out_order_no: string;
}

/**
 * Split in three, not at every `|`: a number may hold some. Numbers have no character that bills escape (backslash,
 * quotes, backtick, comma, controls), so that nothing has to be unescaped: where one stands, it is none.
 */
const ATTACH = /^wxzff\|([^|\\]{1,128})\|([0-9A-Za-z_\-|*]{1,32})$/;

/** `wxzff|<order_id>|<out_order_no>`; undefined for anything else, as the data of the merchant's other business. */
export function attachOf(text: string): Attach | undefined {
  const [, order_id, out_order_no] = ATTACH.exec(text) ?? [];
  if (order_id === undefined || out_order_no === undefined) return undefined;
  return { order_id, out_order_no };
}

/** What can become of an order: what WeChat's bill says, what our side knows before and after it was healed, what is found. */
import type { OurOrder } from '../../reconciliation/matching/order-source.ts';
import type { Seeded, SeededAltered } from '../../simulator/bills/seeded.ts';

export const MCHID = '1900000109';
export const BILL_DATE = '2026-10-01';
export const DAY_BEFORE = '2026-09-30';
export const DAY_AFTER = '2026-10-02';
export const BEGUN_AT = Date.parse('2026-10-02T10:17:00+08:00');
const EARLY = BEGUN_AT - 40_000_000;
export const LATE = BEGUN_AT + 1_000;

export interface Subject {
  readonly out_order_no: string;
  readonly transaction_id: string;
  readonly amount: number;
}

export interface Told {
  /** WeChat charged it, by its bills. */
  readonly billed?: { readonly day: string; readonly from?: 'page' };
  readonly seeded?: readonly Seeded[];
  /** As it is here; absent where nobody knows it. */
  readonly ours?: OurOrder;
  /** It does not even say how it stands here. */
  readonly isSilent?: true;
  /** What asking WeChat makes of it. */
  readonly healed?: OurOrder | 'silent' | 'refused';
  /** What WeChat says of it, where nobody knows it here any more. */
  readonly asked?: OurOrder | 'refused';
  /** `kind state amount`. */
  readonly found?: readonly string[];
  /** Of rows of payments, besides those found. */
  readonly agreed?: number;
  readonly elsewhere?: number;
  /** Of those elsewhere. */
  readonly undisclosed?: number;
  /** By amount: in no bill up to the day's own. */
  readonly unbilled?: { readonly amount: number; readonly isMissing: boolean };
  readonly inBillBefore?: number;
}

type Fate = (it: Subject) => Told;

const other = (id: string) => `43${id.slice(2)}`;
const charge = ({ transaction_id, amount }: Subject, bill_date = BILL_DATE) => ({
  ...{ transaction_id, amount, bill_date },
});
const paid = (it: Subject, more: Partial<OurOrder> = {}): OurOrder => ({
  ...{ out_order_no: it.out_order_no, phase: 'paid', charges: [charge(it)], endedAt: EARLY },
  ...more,
});
const unpaid = (it: Subject, phase: string): OurOrder => paid(it, { phase, charges: [] });
const here = { billed: { day: BILL_DATE } } as const;

const refund = (
  { out_order_no }: Subject,
  amount: number,
  status = 'SUCCESS',
  nth = 1,
): Seeded => ({
  ...{ kind: 'refund', out_order_no, amount, time: `${BILL_DATE}T12:00:0${nth}+08:00` },
  ...{ type: 'ORIGINAL', status: status as 'SUCCESS' },
});
/** A row that the simulator has no order for. */
const row = (trade_type: string, amount: number, more: Partial<Seeded> = {}): Seeded =>
  ({
    ...{ kind: 'foreign', trade_type, trade_state: 'SUCCESS', amount, coupon_amount: 0 },
    ...{ time: `${BILL_DATE}T13:00:00+08:00`, openid: 'oForeign', bank_type: 'OTHERS', device: '' },
    ...{ body: '商品', attach: '', type: 'ORIGINAL', status: 'SUCCESS', count: 1, ...more },
  }) as Seeded;
/** Before the refunds. */
const reversal = ({ transaction_id }: Subject, amount: number) =>
  row('AUTH', amount, {
    ...{ trade_state: 'REVOKED', transaction_id, time: `${BILL_DATE}T11:00:00+08:00` },
  });
const PROVIDER = '1900000999';
/** What a service provider ordered for us. */
const provided = { mchid: PROVIDER, sub_mchid: MCHID };
/** The payment of the order, told otherwise. */
const altered = ({ out_order_no }: Subject, more: Partial<SeededAltered>): Seeded => ({
  ...{ kind: 'altered', out_order_no },
  ...more,
});
const packet = ({ out_order_no }: Subject) => `wxzff|1000${out_order_no}|${out_order_no}`;

export const FATES: Readonly<Record<string, Fate>> = {
  agrees: (it) => ({ ...here, ours: paid(it), agreed: 1 }),
  'agrees, paid from the page': (it) => ({
    ...{ billed: { day: BILL_DATE, from: 'page' }, ours: paid(it), agreed: 1 },
  }),
  'in the bill of the next day': (it) => ({
    ...{ billed: { day: DAY_AFTER }, ours: paid(it) },
    unbilled: { amount: it.amount, isMissing: false },
  }),
  'in the bill of the day before': (it) => ({
    ...{ billed: { day: DAY_BEFORE }, ours: paid(it), inBillBefore: 1 },
  }),
  'paid here on the day before': (it) => ({
    ...{ ...here, ours: paid(it, { charges: [charge(it, DAY_BEFORE)] }), agreed: 1 },
  }),
  'paid here on the day before, and named by nothing': (it) => ({
    seeded: [row('AUTH', it.amount, { transaction_id: it.transaction_id })],
    ours: paid(it, { charges: [charge(it, DAY_BEFORE)] }),
    agreed: 1,
  }),
  'paid here days before': (it) => ({
    ...{ ...here, ours: paid(it, { charges: [charge(it, '2026-09-20')] }) },
    found: [`other_day open ${it.amount}`],
  }),
  'without a time': (it) => ({
    ...here,
    ours: paid(it, { charges: [{ transaction_id: it.transaction_id, amount: it.amount }] }),
    agreed: 1,
  }),
  unpaid: (it) => ({ ours: unpaid(it, 'paying') }),
  'known late': (it) => ({
    ...{ ...here, ours: paid(it, { endedAt: LATE }) },
    found: [`paid_unnoticed healed ${it.amount}`],
  }),
  'lost while paying': (it) => ({
    ...{ ...here, ours: unpaid(it, 'paying'), healed: paid(it) },
    found: [`paid_unnoticed healed ${it.amount}`],
  }),
  'lost, paid from the page': (it) => ({
    ...{ billed: { day: BILL_DATE, from: 'page' }, ours: unpaid(it, 'paying'), healed: paid(it) },
    found: [`paid_unnoticed healed ${it.amount}`],
  }),
  'lost after it had ended': (it) => ({
    ...{ ...here, ours: unpaid(it, 'cancelled'), healed: paid(it) },
    found: [`paid_unnoticed healed ${it.amount}`],
  }),
  'lost, charged another amount': (it) => ({
    ...{ ...here, ours: unpaid(it, 'paying') },
    healed: paid(it, { charges: [{ ...charge(it), amount: it.amount + 1 }] }),
    found: [`amount_differs open ${it.amount}`],
  }),
  'lost and contradicted': (it) => ({
    ...{ ...here, ours: unpaid(it, 'cancelled'), healed: unpaid(it, 'cancelled') },
    found: [`paid_unnoticed open ${it.amount}`],
  }),
  'lost and silent': (it) => ({
    ...{ ...here, ours: unpaid(it, 'paying'), healed: 'silent' },
    found: [`order_silent open ${it.amount}`],
  }),
  'lost, twice in the bill': (it) => ({
    ...{ ...here, ours: unpaid(it, 'paying'), healed: paid(it) },
    seeded: [{ kind: 'duplicate', out_order_no: it.out_order_no }],
    found: [`paid_unnoticed healed ${it.amount}`, `row_repeated open ${it.amount}`],
  }),
  'of another service': () => ({ ...here, elsewhere: 1 }),
  'unknown here': (it) => ({
    ...{ ...here, healed: paid(it, { isAdopted: true }) },
    found: [`unknown_order open ${it.amount}`],
  }),
  'unknown here, and not paid by WeChat’s word': (it) => ({
    ...{ ...here, healed: { ...unpaid(it, 'cancelled'), isAdopted: true } },
    found: [`unknown_order open ${it.amount}`],
  }),
  missing: (it) => ({
    ...{ ...here, seeded: [{ kind: 'missing', out_order_no: it.out_order_no }], ours: paid(it) },
    unbilled: { amount: it.amount, isMissing: true },
  }),
  'missing, and refunded on the day before': (it) => ({
    seeded: [
      { kind: 'missing', out_order_no: it.out_order_no },
      { ...refund(it, it.amount), time: `${DAY_BEFORE}T12:00:00+08:00` } as Seeded,
    ],
    ...{ ...here, ours: paid(it), unbilled: { amount: it.amount, isMissing: true } },
  }),
  'another amount': (it) => ({
    ...here,
    seeded: [{ kind: 'altered', out_order_no: it.out_order_no, amount: it.amount - 1 }],
    ours: paid(it),
    found: [`amount_differs open ${it.amount - 1}`],
  }),
  'twice in the bill': (it) => ({
    ...{ ...here, seeded: [{ kind: 'duplicate', out_order_no: it.out_order_no }], ours: paid(it) },
    ...{ agreed: 1, found: [`row_repeated open ${it.amount}`] },
  }),
  'paid here on the day before, twice in the bill': (it) => ({
    ...{ ...here, seeded: [{ kind: 'duplicate', out_order_no: it.out_order_no }] },
    ours: paid(it, { charges: [charge(it, DAY_BEFORE)] }),
    ...{ agreed: 1, found: [`row_repeated open ${it.amount}`] },
  }),
  'paid twice': (it) => ({
    ...{ ...here, ours: paid(it), agreed: 1 },
    seeded: [row('AUTH', 7, { transaction_id: other(it.transaction_id), attach: packet(it) })],
    found: ['paid_twice open 7'],
  }),
  'paid by a transaction that nobody told': (it) => ({
    ...{ ...here, ours: paid(it, { charges: [] }) },
    found: [`not_of_order open ${it.amount}`],
  }),
  'a shop’s payment under its number': (it) => ({
    ...{ ...here, ours: paid(it), agreed: 1 },
    seeded: [row('JSAPI', 7, { out_trade_no: it.out_order_no, attach: 'shop' })],
    found: ['not_of_order open 7'],
  }),
  'charged in two parts': (it) => ({
    ...here,
    seeded: [row('AUTH', 7, { transaction_id: other(it.transaction_id), attach: packet(it) })],
    ours: inTwoParts(it),
    agreed: 2,
  }),
  'charged in two parts, one is missing': (it) => ({
    ...{ ...here, ours: inTwoParts(it), agreed: 1, unbilled: { amount: 7, isMissing: true } },
  }),
  'charged in two parts, the first is missing': (it) => ({
    seeded: [row('AUTH', 7, { transaction_id: other(it.transaction_id), attach: packet(it) })],
    ...{ ours: inTwoParts(it), agreed: 1, unbilled: { amount: it.amount, isMissing: true } },
  }),
  refunded: (it) => ({
    ...{ ...here, seeded: [refund(it, it.amount - 1)], ours: paid(it), agreed: 1 },
    found: [`refunded open ${it.amount - 1}`],
  }),
  'refunded as was due': (it) => ({
    ...{ ...here, seeded: [refund(it, 1), refund(it, it.amount - 2, 'SUCCESS', 2)], agreed: 1 },
    ours: paid(it, { refundDue: { amount: it.amount - 1, transaction_id: it.transaction_id } }),
    found: [`refunded healed 1`, `refunded healed ${it.amount - 2}`],
  }),
  'refunded more than was due': (it) => ({
    ...{ ...here, seeded: [refund(it, 1), refund(it, 1, 'SUCCESS', 2)], agreed: 1 },
    ours: paid(it, { refundDue: { amount: 1 } }),
    found: ['refunded healed 1', 'refunded open 1'],
  }),
  'reversed in part, and the rest refunded as was due': (it) => ({
    ...{ ...here, seeded: [reversal(it, 1), refund(it, 1)], agreed: 1 },
    ours: paid(it, { refundDue: { amount: 2 } }),
    found: ['refunded open 1', 'refunded healed 1'],
  }),
  'reversed, and refunded as if it had not been': (it) => ({
    ...{ ...here, seeded: [reversal(it, 1), refund(it, 1)], agreed: 1 },
    ours: paid(it, { refundDue: { amount: 1 } }),
    found: ['refunded open 1', 'refunded open 1'],
  }),
  'refund that was due has failed': (it) => ({
    ...{ ...here, seeded: [refund(it, 1, 'FAIL')], agreed: 1 },
    ours: paid(it, { refundDue: { amount: 1 } }),
    ...{ agreed: 0, found: ['refunded open 1', `refund_due open ${it.amount}`] },
  }),
  'lost, and refunded as was due': (it) => ({
    ...{ ...here, seeded: [refund(it, it.amount)], ours: unpaid(it, 'cancelled') },
    healed: paid(it, { refundDue: { amount: it.amount } }),
    found: [`paid_unnoticed healed ${it.amount}`, `refunded healed ${it.amount}`],
  }),
  'charged after it was cancelled, and owed': (it) => ({
    ...{ ...here, ours: unpaid(it, 'cancelled') },
    healed: paid(it, { refundDue: { amount: it.amount } }),
    found: [`refund_due open ${it.amount}`],
  }),
  'charged too much in time, and owed': (it) => ({
    ...{ ...here, ours: paid(it, { refundDue: { amount: 1 } }) },
    found: [`refund_due open ${it.amount}`],
  }),
  'paid, with less than it was completed with': (it) => ({
    ...{ ...here, ours: paid(it, { shortfall: 400 }) },
    found: [`undercollected open ${it.amount}`],
  }),
  'refunded, and no longer known here': (it) => ({
    seeded: [row('AUTH', 999, { trade_state: 'REFUND', attach: packet(it) })],
    asked: paid(it, { charges: [charge(it, '2026-01-12')] }),
    found: ['refunded open 999'],
  }),
  'refunded, of another service': (it) => ({
    seeded: [row('AUTH', 998, { trade_state: 'REFUND', attach: packet(it) })],
  }),
  'refunded, of another service that is not told of': (it) => ({
    seeded: [row('AUTH', 997, { trade_state: 'REFUND', attach: packet(it) })],
    asked: 'refused',
  }),
  'refunded, of a charge that names no order': () => ({
    seeded: [row('AUTH', 996, { trade_state: 'REFUND' })],
    found: ['refunded open 996'],
  }),
  'refunded, paid weeks before': (it) => ({
    ...{ billed: { day: '2026-09-12' }, seeded: [refund(it, it.amount)] },
    ours: paid(it, { charges: [charge(it, '2026-09-12')] }),
    found: [`refunded open ${it.amount}`],
  }),
  'a charge that names no order': () => ({
    ...{
      seeded: [row('AUTH', 9), row('AUTH', 9, { attach: 'wxzff|1000' })],
      found: ['unnamed_charge open 9', 'unnamed_charge open 9'],
    },
  }),
  'under another type': (it) => ({
    ...{ ...here, seeded: [altered(it, { trade_type: 'APP' })], ours: paid(it), agreed: 1 },
  }),
  'under another type, named by nothing': (it) => ({
    ...{ seeded: [row('APP', it.amount, { transaction_id: it.transaction_id })], ours: paid(it) },
    agreed: 1,
  }),
  'under another type, and another amount': (it) => ({
    ...{ ...here, seeded: [altered(it, { trade_type: 'MICROPAY', amount: it.amount + 1 })] },
    ...{ ours: paid(it), found: [`amount_differs open ${it.amount + 1}`] },
  }),
  'refunded under another type': (it) => ({
    ...{ ...here, seeded: [{ ...refund(it, 2), trade_type: 'APP' } as Seeded], ours: paid(it) },
    ...{ agreed: 1, found: ['refunded open 2'] },
  }),
  'refunded under another type, named by nothing, paid weeks before': (it) => {
    const { transaction_id } = it;
    const refunded = { trade_state: 'REFUND', transaction_id } as const;
    return {
      seeded: [row('APP', 2, refunded), row('NATIVE', 1, { ...refunded, trade_state: 'REVOKED' })],
      ours: paid(it, { charges: [charge(it, '2026-09-12')] }),
      found: ['refunded open 2', 'refunded open 1'],
    };
  },
  'refunded as was due, in another currency': (it) => ({
    ...{ ...here, agreed: 1, found: ['refunded open 1'] },
    seeded: [{ ...refund(it, 1), cells: { 货币种类: 'USD' } } as Seeded],
    ours: paid(it, { refundDue: { amount: 1 } }),
  }),
  'refunded, and silent': (it) => ({
    ...{ billed: { day: '2026-09-12' }, seeded: [refund(it, it.amount)], isSilent: true },
    ours: paid(it, { charges: [charge(it, '2026-09-12')] }),
    found: [`order_silent open ${it.amount}`],
  }),
  'of a provider, under its number': (it) => ({
    seeded: [
      row('JSAPI', 7, { ...provided, out_trade_no: it.out_order_no }),
      row('AUTH', 7, { ...provided, attach: packet(it) }),
      row('AUTH', 7, provided),
      row('JSAPI', 7, { ...provided, trade_state: 'REFUND', out_trade_no: it.out_order_no }),
    ],
    ...{ ...here, ours: paid(it), agreed: 1, elsewhere: 3 },
  }),
  'in another currency, under its number': (it) => ({
    seeded: [row('AUTH', 7, { currency: 'HKD', attach: packet(it) })],
    ...{ ...here, ours: paid(it), agreed: 1, elsewhere: 1 },
  }),
  'of an older system, whose numbers have * and |': () => ({
    seeded: [
      row('AUTH', 7, { attach: 'wxzff|1000|a|b' }),
      row('AUTH', 7, { attach: 'wxzff|1000|a*b' }),
      row('JSAPI', 7, { out_trade_no: 'a|b*c', attach: 'shop' }),
    ],
    elsewhere: 3,
  }),
  'reversals without numbers': () => ({
    seeded: ['', '0'].flatMap((id) =>
      ['MICROPAY', 'JSAPI'].map((type) =>
        row(type, 3, {
          ...{ trade_state: 'REVOKED', transaction_id: id, refund_id: id, out_refund_no: id },
        }),
      ),
    ),
  }),
  'ours, in another currency': (it) => ({
    ...{ ...here, seeded: [altered(it, { cells: { 货币种类: 'USD' } })], ours: paid(it) },
    found: [`odd_row open ${it.amount}`],
  }),
  'ours, as if a provider had ordered it': (it) => ({
    ...{ ...here, seeded: [altered(it, { cells: { 商户号: PROVIDER, 特约商户号: MCHID } })] },
    ...{ ours: paid(it), found: [`odd_row open ${it.amount}`] },
  }),
  'ours, in a state that nobody knows': (it) => ({
    ...{ ...here, seeded: [altered(it, { cells: { 交易状态: 'CLOSED' } })], ours: paid(it) },
    found: [`odd_row open ${it.amount}`],
  }),
  'ours, without its transaction': (it) => ({
    ...{ ...here, seeded: [altered(it, { cells: { 微信订单号: '0' } })], ours: paid(it) },
    ...{ found: [`odd_row open ${it.amount}`], unbilled: { amount: it.amount, isMissing: true } },
  }),
  'lost, without its transaction': (it) => ({
    ...{ ...here, seeded: [altered(it, { cells: { 微信订单号: '' } })] },
    healed: unpaid(it, 'paying'),
    found: [`odd_row open ${it.amount}`],
  }),
  'paid by a coupon': (it) => ({
    ...{ ...here, seeded: [altered(it, { coupon_amount: it.amount })], agreed: 1 },
    ours: paid(it, { charges: [{ ...charge(it), amount: 0 }] }),
  }),
  'paid by a coupon in part, of which the order has the rest': (it) => ({
    ...{ ...here, seeded: [altered(it, { coupon_amount: 2 })], agreed: 1 },
    ours: paid(it, { charges: [{ ...charge(it), amount: it.amount - 2 }] }),
  }),
  'paid by a coupon in part, of which the order has all': (it) => ({
    ...{ ...here, seeded: [altered(it, { coupon_amount: 2, coupon_type: 'CASH' })] },
    ...{ ours: paid(it), agreed: 1 },
  }),
  'paid by a coupon in part, and another amount': (it) => ({
    ...{ ...here, seeded: [altered(it, { coupon_amount: 2 })] },
    ours: paid(it, { charges: [{ ...charge(it), amount: it.amount - 1 }] }),
    found: [`amount_differs open ${it.amount}`],
  }),
  'of another service, and not told of': () => ({
    ...{ ...here, healed: 'refused', elsewhere: 1, undisclosed: 1 },
  }),
  'in the bills of two days': (it) => ({
    ...{ billed: { day: DAY_BEFORE }, ours: paid(it, { charges: [charge(it, DAY_BEFORE)] }) },
    seeded: [
      {
        ...{ kind: 'repeated', out_order_no: it.out_order_no },
        time: `${BILL_DATE}T09:00:00+08:00`,
      },
    ],
    found: [`row_repeated open ${it.amount}`],
  }),
  'paid by a coupon, and in the bill of the day before as well': (it) => ({
    seeded: [
      altered(it, { coupon_amount: it.amount }),
      {
        ...{ kind: 'repeated', out_order_no: it.out_order_no },
        time: `${DAY_BEFORE}T09:00:00+08:00`,
      },
    ],
    ...{ ...here, ours: paid(it, { charges: [{ ...charge(it), amount: 0 }] }), agreed: 1 },
  }),
  'the shop’s own business': (it) => ({
    seeded: [
      row('NATIVE', it.amount),
      row('JSAPI', it.amount, { attach: 'shop' }),
      row('MICROPAY', 3, { trade_state: 'REVOKED' }),
      row('JSAPI', 3, { trade_state: 'REFUND' }),
    ],
    elsewhere: 2,
  }),
};

function inTwoParts(it: Subject): OurOrder {
  const second = { transaction_id: other(it.transaction_id), amount: 7, bill_date: BILL_DATE };
  return paid(it, { charges: [charge(it), second] });
}

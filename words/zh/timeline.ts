/** What happened to an order, for people. */
import { fact } from './fact.ts';
import { worded } from '../worded.ts';
import type { Source } from '../../payscore/order/operation-name.ts';
import type { Happening } from '../../payscore/order/timeline.ts';
import { rfc3339Of } from '../../payscore/times/beijing-time.ts';

type Of<Code extends Happening['code']> = Extract<Happening, { code: Code }>;

const ASIDE: Readonly<Record<NonNullable<Of<'told'>['aside']>, string>> = {
  unclear: '不明确，不采信',
  only_a_query_settles: '以查单结果为准',
  older: '早于已知情况',
  unwanted: '已不再需要',
};

/** What an operation was answered goes by its name. */
function source(by: Source): string {
  if (by === 'query') return '查单';
  return by === 'notification' ? '回调通知' : by;
}

const WORDS: { readonly [Code in Happening['code']]: (event: Of<Code>) => string } = {
  opened: ({ by }) => `创建订单请求${byWhom(by)}`,
  taken_up: () => '从微信支付接管',
  taken_up_again: () => '再次接管：先向微信支付查单，再做任何事',
  answer_too_late: () => '有一个应答来得太迟',
  invited: () => '已邀请用户授权',
  invitation_renewed: () => '授权邀请已更新',
  withdrawn: () => '在创建之前已取消',
  given_up: ({ because }) => `放弃：${fact(because)}`,
  ended: ({ phase, because, refusal }) =>
    `${phase}：${fact(because)}${refusal ? `（${saidOf(refusal)}）` : ''}`,
  never_opened: ({ because }) => `未创建：${fact(because)}`,
  permission: ({ authorization_state }) => `授权状态：${authorization_state}`,
  permission_given_later: () => '授权状态：AVAILABLE，是用户最近一次来询问之后才给出的授权',
  permission_for_nobody: ({ awaitedAt }) =>
    `授权状态：AVAILABLE，发现得太迟：最后有人等待是在 ${rfc3339Of(new Date(awaitedAt))}`,
  to_be_asked: ({ because }) => `需向微信支付查单：${fact(because)}`,
  told: ({ by, standing, aside }) =>
    `${source(by)}：${standing}${aside === undefined ? '' : `（${ASIDE[aside]}）`}`,
  total_raised: ({ total_amount, agreed }) =>
    `查单：${fact({ code: 'total_raised', total_amount, agreed })}（再次查单）`,
  asked_for: ({ operation, total, by }) =>
    `请求 ${operation}${byWhom(by)}${total === undefined ? '' : `：${total} 分`}`,
  refunded: ({ amount }) => `已退还用户 ${amount} 分`,
  settled: ({ amount, by }) => `已用其他方式退还 ${amount} 分${said(by)}`,
  declined: ({ operation, because }) => `${operation} 未予执行：${fact(because)}`,
  not_carried_out: ({ operation, because }) => `${operation} 未执行：${fact(because)}`,
  refused: ({ operation, refusal: { code, message, request_id } }) =>
    `${operation} 被拒绝：${code} ${message}（${request_id}）`,
  trouble: ({ trouble, because, refusal }) => {
    const why = refusal ? saidOf(refusal) : because && fact(because);
    return `异常：${trouble}${why === undefined ? '' : `（${why}）`}`;
  },
};

export function happening(event: Happening): string {
  return worded(WORDS, event);
}

function byWhom(key: string | undefined): string {
  return key === undefined ? '' : `（${key}）`;
}

function said(by: string | undefined): string {
  return by === undefined ? '' : `（${by} 告知）`;
}

function saidOf({ code, message, request_id }: NonNullable<Of<'trouble'>['refusal']>): string {
  return `${code} ${message}，${request_id}`;
}

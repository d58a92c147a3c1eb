/** Chapter 4 of the guide, 常见问题: each refusal it quotes is asked for, compared with its words, and understood. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { reasonOf, type Reason } from '../../payscore/refusals/refusal.ts';
import type { BehaviourChange } from '../../simulator/orders/user-behaviour.ts';
import { classify, type Classification } from '../../wechatpay/classification.ts';
import { WechatpayRefusal } from '../../wechatpay/errors.ts';
import { openStory } from '../interop/story.ts';
import { merchantOf } from '../simulator/merchant.ts';
import { clientOf } from '../support/merchant.ts';
import { newNumber, newOpenid } from '../support/orders.ts';

const story = await openStory();
const { merchant } = story.simulator;
const { send } = merchantOf(story.simulator);
const client = clientOf(merchant);
after(() => client.close());

interface Question {
  readonly asked: string;
  readonly status: number;
  /** As the guide quotes it; of the last it quotes the words alone. */
  readonly quoted: { readonly code: string; readonly message: string };
  /** In a creation that is good but for this. */
  readonly change?: object;
  readonly creation?: BehaviourChange['creation'];
  readonly authorised?: 'no';
  readonly reason: Reason;
  readonly means: Classification;
}

const NO_AUTH = { code: 'NO_AUTH', message: '商户暂无权限使用此服务' };
const RISK_FUND = { code: 'PARAM_ERROR', message: '订单风险金额名称不符合要求' };

const QUESTIONS: readonly Question[] = [
  {
    // In a mini program “未通过申请，当前服务未上线”; to the API the same user is one without permission (docs/wechatpay-facts.md#refused-creations).
    asked: 'Q1, a user who is not whitelisted before the service is live',
    status: 403,
    quoted: NO_AUTH,
    creation: 'no_auth',
    reason: 'no_permission',
    means: 'Refused',
  },
  {
    asked: 'Q2 A1, a service for which the merchant is not configured',
    status: 403,
    quoted: NO_AUTH,
    change: { service_id: '20020000000000000000000000000009' },
    reason: 'no_permission',
    means: 'Refused',
  },
  {
    asked: 'Q2 A2, need_user_confirm true where only false may be sent',
    status: 403,
    quoted: NO_AUTH,
    change: { need_user_confirm: true },
    reason: 'no_permission',
    means: 'Refused',
  },
  {
    asked: 'Q2 A2, need_user_confirm left out, which means true',
    status: 403,
    quoted: NO_AUTH,
    change: { need_user_confirm: undefined },
    reason: 'no_permission',
    means: 'Refused',
  },
  {
    asked: 'Q2, a user who has not authorised (3.1 step 1)',
    status: 403,
    quoted: NO_AUTH,
    authorised: 'no',
    reason: 'no_permission',
    means: 'Refused',
  },
  ...['DEPOSIT', 'ADVANCE', 'CASH_DEPOSIT'].map((name): Question => ({
    asked: `Q3, ${name} of the mode 先免, where only 先享 may be used`,
    status: 400,
    quoted: RISK_FUND,
    change: { risk_fund: { name, amount: 9900 } },
    reason: 'risk_fund',
    means: 'Refused',
  })),
  {
    asked: 'Q4, a user whom the risk control stops',
    status: 400,
    quoted: { code: 'INVALID_REQUEST', message: '综合评估不通过' },
    creation: 'risk_refused',
    reason: 'risk',
    means: 'Refused',
  },
  {
    asked: 'Q5, an appid that is not bound to the merchant',
    status: 400,
    quoted: { code: 'PARAM_ERROR', message: 'mch_id和appid未绑定' },
    change: { appid: 'wxd678efh567hg6787' },
    reason: 'not_bound',
    means: 'Refused',
  },
  {
    asked: '3.1 step 3, a user with unfinished orders',
    status: 400,
    quoted: { code: 'INVALID_REQUEST', message: '存在未完结订单' },
    creation: 'open_orders',
    reason: 'open_orders',
    means: 'Refused',
  },
];

async function bodyFor({ change, creation, authorised }: Question) {
  const openid = newOpenid();
  if (authorised !== 'no') await story.control.authorise(openid);
  if (creation !== undefined) await story.control.setBehaviour(openid, { creation });
  return story.createBody(newNumber(), { ...story.plugin.identity, openid, ...change });
}

for (const question of QUESTIONS) {
  const { asked, status, quoted, reason, means } = question;

  test(`${asked}: answered ${status} with the guide’s words and no others`, async () => {
    const got = await send('POST', '/v3/payscore/serviceorder', await bodyFor(question));
    assert.equal(got.status, status);
    assert.deepEqual(got.json, quoted);
  });

  test(`${asked}: understood as ${reason}, by number and by words, and ${means}`, async () => {
    await assert.rejects(client.createServiceOrder(await bodyFor(question)), (error) => {
      assert.ok(error instanceof WechatpayRefusal, 'not a refusal');
      const { errorCode: code, words: message, requestId } = error;
      assert.deepEqual({ code, message }, quoted);
      assert.equal(reasonOf({ code, message, request_id: requestId }), reason);
      assert.equal(reasonOf({ code, message, request_id: '' }), reason);
      assert.equal(classify(error), means);
      return true;
    });
  });
}

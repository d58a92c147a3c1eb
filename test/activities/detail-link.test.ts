/** The link to the order page: signed by who has the key. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { createDetailLinkActivities } from '../../activities/detail-link.ts';

const order = { mch_id: '1900000001', service_id: '2002', out_order_no: 'R1' };

test('signs with the APIv2 key, now', async () => {
  const { signDetailLink } = createDetailLinkActivities('k'.repeat(32));
  const before = Math.floor(Date.now() / 1000);
  const { mini_program } = await signDetailLink(order);
  const { timestamp, sign, out_order_no } = mini_program.extraData;
  assert.equal(out_order_no, 'R1');
  assert.match(sign ?? '', /^[0-9A-F]{64}$/);
  assert.ok(Number(timestamp) >= before && Number(timestamp) <= before + 1);
});

test('without the key it is a person’s to set right, who is told which variable', async () => {
  const { signDetailLink } = createDetailLinkActivities(undefined);
  await assert.rejects(signDetailLink(order), (error) => {
    assert.ok(error instanceof ApplicationFailure);
    assert.equal(error.type, 'Misconfigured');
    assert.match(error.message, /WECHATPAY_APIV2_KEY_FILE/);
    return true;
  });
});

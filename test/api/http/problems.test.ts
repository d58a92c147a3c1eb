/** From errors to answers. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import express from 'express';
import { pino } from 'pino';
import { answerErrors, Problem } from '../../../api/http/problems.ts';
import { EN } from '../../../words/en.ts';
import { REASONS } from '../../../payscore/refusals/refusal.ts';

const refusal = { status: 400, code: 'C', message: '原因', request_id: '08-1' };

describe('a problem document', () => {
  let url: string;
  let close: () => void;

  before(async () => {
    const app = express();
    for (const reason of REASONS) {
      app.get(`/${reason}`, () => {
        throw new Problem('refused-by-wechat-pay', {
          detail: () => 'd',
          refusal: { ...refusal, reason },
        });
      });
    }
    app.get('/ours', () => {
      throw new Problem('not-allowed', { detail: () => 'd' });
    });
    app.use(answerErrors(pino({ enabled: false })));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close = () => server.close();
  });
  after(() => close());

  for (const reason of REASONS) {
    it(`says of ${reason} what WeChat said, why, and what can be done`, async () => {
      const answer = await fetch(`${url}/${reason}`);
      assert.equal(answer.status, 422);
      const { type, title, detail, ...told } = (await answer.json()) as Record<string, unknown>;
      assert.equal(type, 'urn:payscore-orders:refused-by-wechat-pay');
      assert.ok(title && detail);
      const { code, message, request_id } = refusal;
      const { cause, action } = EN.advice[reason];
      assert.deepEqual(told, { status: 422, code, message, request_id, reason, cause, action });
    });
  }

  it('says nothing of causes where a rule of ours refused', async () => {
    const body = (await (await fetch(`${url}/ours`)).json()) as object;
    assert.deepEqual(Object.keys(body), ['type', 'title', 'status', 'detail']);
  });
});

/** In which language the API answers (RFC 9110, 12.5.4). */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import express from 'express';
import { pino } from 'pino';
import { speakAsOperators, wordsFor } from '../../../api/http/language.ts';
import { answerErrors, faulty, Problem } from '../../../api/http/problems.ts';
import { REASONS } from '../../../payscore/refusals/refusal.ts';
import { wordsIn } from '../../../words/catalogue.ts';
import { LANGUAGES, type Language } from '../../../words/language.ts';

/** What is asked for, and what that is: `-` is the operator's. */
const ASKED: readonly (readonly [string | undefined, Language | '-'])[] = [
  [undefined, '-'],
  ['', '-'],
  ['*', '-'],
  ['zh', 'zh'],
  ['zh-CN', 'zh'],
  ['zh-Hans', 'zh'],
  ['ZH-hans-CN', 'zh'],
  ['zh-TW', 'zh'],
  ['en-GB', 'en'],
  ['zh-CN, en', 'zh'],
  ['en, zh-CN', 'en'],
  ['en;q=0.5, zh;q=0.6', 'zh'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-US,en;q=0.9,zh-CN;q=0.8', 'en'],
  ['fr, zh;q=0.1', 'zh'],
  ['fr', '-'],
  ['fr, *;q=0.1', '-'],
  ['zhx', '-'],
  ['zh;q=0', '-'],
  ['*;q=0', '-'],
  ['en;q=0, *', 'zh'],
  ['zh;q=0, *', 'en'],
  ['zh;q=0.5, *;q=0.8', 'en'],
  ['en;q=0.5, *;q=0.8', 'zh'],
  ['zh;q=abc', '-'],
  [';;;', '-'],
  ['x'.repeat(4_000), '-'],
];

for (const operators of LANGUAGES) {
  describe(`the API of operators who read ${operators}`, () => {
    let port: number;
    let close: () => void;

    before(async () => {
      const app = express();
      speakAsOperators(app, wordsIn(operators));
      app.get('/', (_request, response) => {
        response.send(wordsFor(response).language);
      });
      app.get('/faulty', () => {
        throw faulty('/amount', ({ rule }) => rule('must not be negative'));
      });
      app.get('/refused', () => {
        const refusal = { status: 400, code: 'C', message: '原因', request_id: '08-1' };
        throw new Problem('refused-by-wechat-pay', {
          detail: ({ problems }) => problems.orders.unchanged,
          refusal: { ...refusal, reason: REASONS[0] },
        });
      });
      app.use(answerErrors(pino({ enabled: false })));
      const server = app.listen(0, '127.0.0.1');
      await once(server, 'listening');
      ({ port } = server.address() as AddressInfo);
      close = () => server.close();
    });
    after(() => close());

    // Not by `fetch`, which asks for `*` where nothing is asked for.
    async function get(path: string, language: string | undefined) {
      const headers = language === undefined ? {} : { 'accept-language': language };
      const asked = request({ port, path, headers });
      asked.end();
      const [answer] = await once(asked, 'response');
      const chunks: Buffer[] = await answer.toArray();
      return { headers: answer.headers, text: Buffer.concat(chunks).toString() };
    }

    for (const [asked, told] of ASKED) {
      it(`answers ${asked === undefined ? 'who asks for none' : `“${asked.slice(0, 40)}”`} in ${told}`, async () => {
        const { headers, text } = await get('/', asked);
        const language = told === '-' ? operators : told;
        assert.equal(text, language);
        assert.equal(headers['content-language'], language);
        assert.equal(headers['vary'], 'Accept-Language');
      });
    }

    it('is not kept busy by a header that asks for everything thousands of times', async () => {
      const beganAt = performance.now();
      const { text } = await get('/', `en;q=0, zh;q=0${', *'.repeat(4_000)}`);
      assert.equal(text, operators);
      assert.ok(performance.now() - beganAt < 1_000);
    });

    for (const language of LANGUAGES) {
      const words = wordsIn(language);

      it(`says what is wrong with a request in ${language}, and that it does`, async () => {
        const { headers, text } = await get('/faulty', language);
        const { title, detail, errors, type } = JSON.parse(text);
        assert.equal(type, 'urn:payscore-orders:invalid-request');
        assert.equal(title, words.problems.titles['invalid-request']);
        assert.equal(detail, words.problems.request.faults('body', 1));
        assert.deepEqual(errors, [
          { pointer: '/amount', detail: words.rule('must not be negative') },
        ]);
        assert.equal(headers['content-language'], language);
        assert.equal(headers['vary'], 'Accept-Language');
      });

      it(`says what WeChat Pay refuses in its words, and what can be done in ${language}`, async () => {
        const { text } = await get('/refused', language);
        const { message, cause, action } = JSON.parse(text);
        assert.deepEqual({ cause, action }, words.advice[REASONS[0]]);
        assert.equal(message, '原因');
      });
    }
  });
}

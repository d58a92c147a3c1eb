/** What the simulator answers to the guide's messages: as printed, with the merchant's identity, and corrected. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newNumber } from '../support/orders.ts';
import type { Json } from '../simulator/merchant.ts';
import { bytesOf, messageOf, PRINTED, type Language, type Message } from './message.ts';
import { corrected, IDENTITY, printedOf, type Refused } from './sample.ts';
import { SAMPLES } from './samples.ts';
import { openStage } from './stage.ts';

const stage = await openStage();
const { plugin, send, control } = stage;

/** As far as the documents say it: a business refusal has no detail. */
function toldBy(status: number, { code, message, detail }: Json): Refused | 'accepted' {
  if (status < 300) return 'accepted';
  const place = detail && { field: detail.field, location: detail.location };
  return { status, code, message, ...place };
}

async function answerTo({ method, target, body }: Message): Promise<Refused | 'accepted'> {
  const { status, json } = await send(method, target, body);
  return toldBy(status, json ?? {});
}

async function pluginAnswerTo({ method, target, body }: Message): Promise<Refused | 'accepted'> {
  const path = target.slice(1);
  const call = method === 'GET' ? plugin.get(path) : plugin.post(path, body);
  return await call.then(
    () => 'accepted' as const,
    (error) => toldBy(error.response.status, error.response.data),
  );
}

/** Java's library refuses a brace in a path before it sends; Guzzle encodes it. */
const SENT_BY: Record<Language, (target: string) => string> = {
  java: (target) => target,
  php: (target) => target.replace('{', '%7B').replace('}', '%7D'),
};

test('every message that the guide prints is among the samples', () => {
  const printed = PRINTED.flatMap(({ section, method, languages }) =>
    section === '3.2.11' ? languages.map((it) => [section, method, it]) : [[section, method]],
  );
  const sampled = SAMPLES.map((sample) => {
    const { section, method } = printedOf(sample);
    return section === '3.2.11' ? [section, method, sample.language] : [section, method];
  });
  assert.deepEqual(sampled, printed);
});

for (const sample of SAMPLES) {
  const printed = printedOf(sample);
  const name = `${printed.section} ${printed.call} (${printed.languages.join(', ')})`;
  const given = () => stage.givenFor(sample);

  for (const language of printed.languages) {
    test(`${name}: as ${language} sends it, refused ${sample.verbatim.message}`, async () => {
      const { method, target } = messageOf(printed);
      const got = await send(method, SENT_BY[language](target), bytesOf(printed, language));
      assert.deepEqual(toldBy(got.status, got.json), sample.verbatim);
    });
  }

  test(`${name}: as printed, refused through wechatpay-axios-plugin just so`, async () => {
    assert.deepEqual(await pluginAnswerTo(messageOf(printed)), sample.verbatim);
  });

  const own = sample.breaches.filter(({ correct }) =>
    IDENTITY.some((it) => it.correct === correct),
  );
  const what = sample.identified === 'accepted' ? 'accepted' : sample.identified.message;
  test(`${name}: as printed but for the merchant’s identity, ${what}`, async () => {
    assert.deepEqual(await answerTo(corrected(sample, own, await given())), sample.identified);
  });

  for (const breach of sample.breaches) {
    const { rule, refused = 'accepted', under = {} } = breach;
    test(`${name}: ${refused === 'accepted' ? 'not seen' : 'refused alone'}: ${rule}`, async () => {
      const others = sample.breaches.filter((it) => it !== breach);
      const message = corrected(sample, others, await given());
      if (printed.call === 'create') message.body.out_order_no = newNumber(); // or it repeats another one
      await control.setPolicies(under);
      const answer = await answerTo(message);
      await control.resetPolicies();
      assert.deepEqual(answer, refused);
    });
  }

  test(`${name}: accepted when all of it is corrected, and again through the plugin`, async () => {
    const message = corrected(sample, sample.breaches, await given());
    assert.equal(await answerTo(message), 'accepted');
    assert.equal(await pluginAnswerTo(message), 'accepted');
  });
}

test('a creation as PHP escapes it repeats the one that Java has sent', async () => {
  const sample = SAMPLES.find(({ section }) => section === '3.2.5')!;
  const message = corrected(sample, sample.breaches, await stage.givenFor(sample));
  message.body.out_order_no = newNumber();
  const java = JSON.stringify(message.body);
  const php = java
    .replaceAll('/', '\\/')
    .replace(/[^\x20-\x7e]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
  assert.notEqual(php, java);
  const answers = [
    await send('POST', message.target, java),
    await send('POST', message.target, php),
  ];
  assert.deepEqual(answers[1]?.json, answers[0]?.json);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  );
});

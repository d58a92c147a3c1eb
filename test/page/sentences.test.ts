/** The page's sentences: each fault has one, and both languages say all of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../simulator/faults/answer-faults.ts';
import { NotificationFault } from '../../simulator/faults/notification-faults.ts';
import { WORDS } from '../../simulator/page/sentences/catalogue.ts';

/** Every sentence by its path; of one with values in it what it says of some. */
function sentencesIn(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function')
    return [[path, String((value as (...all: unknown[]) => unknown)(7, 8, 9))]];
  return Object.entries(Object(value)).flatMap(([key, it]) => sentencesIn(it, `${path}.${key}`));
}

const english = new Map(sentencesIn(WORDS.en));
const chinese = new Map(sentencesIn(WORDS.zh));

test('both languages have the same sentences, and none is empty', () => {
  assert.deepEqual([...chinese.keys()].toSorted(), [...english.keys()].toSorted());
  for (const [path, text] of [...english, ...chinese]) assert.notEqual(text.trim(), '', path);
});

test('the Chinese ones are Chinese, the English ones English but for WeChat’s own words', () => {
  const isChinese = (text: string) => /\p{Script=Han}/u.test(text);
  for (const [path, text] of chinese) assert.ok(isChinese(text), `${path}: ${text}`);
  const ofWechat = /请求异常|微信支付分|同意并开通/;
  for (const [path, text] of english) {
    assert.ok(!isChinese(text.replace(ofWechat, '')), `${path}: ${text}`);
  }
});

test('a sentence says the same values in both languages', () => {
  for (const [path, text] of english) {
    const valuesIn = (told = '') => ['7', '8', '9'].filter((value) => told.includes(value));
    if (/\d/.test(text)) assert.deepEqual(valuesIn(chinese.get(path)), valuesIn(text), path);
  }
});

test('every fault of the tables says what it does', () => {
  for (const { faultWords, notificationFaultWords } of Object.values(WORDS)) {
    assert.deepEqual(Object.keys(faultWords).toSorted(), Fault.options.toSorted());
    assert.deepEqual(
      Object.keys(notificationFaultWords).toSorted(),
      NotificationFault.options.toSorted(),
    );
  }
});

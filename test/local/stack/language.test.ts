import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageOf } from '../../../local/stack/language.ts';

const CHINESE = { LANG: 'zh_CN.UTF-8' };
const ENGLISH = { LANG: 'en_US.UTF-8' };

test('the operator’s language is that of the story, whatever the terminal’s', () => {
  assert.equal(languageOf({ ...ENGLISH, OPERATOR_LANGUAGE: 'zh' }), 'zh');
  assert.equal(languageOf({ ...CHINESE, OPERATOR_LANGUAGE: 'en' }), 'en');
});

test('where nobody says it, a Chinese terminal has it in Chinese, and every other one in English', () => {
  for (const LANG of ['zh_CN.UTF-8', 'zh_TW', 'zh-Hans', 'zh'])
    assert.equal(languageOf({ LANG }), 'zh');
  for (const LANG of ['en_US.UTF-8', 'C', 'POSIX', '', 'de_DE', 'zha_CN', undefined])
    assert.equal(languageOf({ LANG }), 'en', LANG);
  assert.equal(languageOf({ ...CHINESE, OPERATOR_LANGUAGE: '' }), 'zh');
});

test('of what a terminal says of itself, LC_ALL stands above LC_MESSAGES, and that above LANG', () => {
  assert.equal(languageOf({ ...ENGLISH, LC_MESSAGES: 'zh_CN.UTF-8' }), 'zh');
  assert.equal(languageOf({ ...CHINESE, LC_MESSAGES: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }), 'en');
  assert.equal(languageOf({ ...CHINESE, LC_ALL: '' }), 'zh');
});

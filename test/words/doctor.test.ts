/** The doctor's sentences in two languages: whole ones, which name the same variables, files and findings. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EN } from '../../words/en.ts';
import { ZH } from '../../words/zh.ts';

type Sentences = ReadonlyMap<string, string>;

/** The same in every language. */
const VARIABLES = /[A-Z0-9]+(?:_[A-Z0-9]+)+(?:=\w+)?|\w+\.pem|chmod \d+|wechatpay_\w+/g;
/** Codes and names are words of any language; four plain ones in a row are a sentence. */
const ENGLISH = /\b[a-z’]+( [a-z’]+){3,}/;

const english = sentencesIn(EN.doctor);
const chinese = sentencesIn(ZH.doctor);

test('nothing that is said in Chinese is left in English', () => {
  for (const [where, text] of chinese) {
    if (text === '') continue;
    assert.match(text, /\p{Script=Han}/u, where);
    assert.doesNotMatch(text, ENGLISH, where);
  }
});

test('sentences and advice are whole in either language', () => {
  for (const [where, text] of english) {
    if (!isWhole(where)) continue;
    assert.match(text, /\.$/, where);
    assert.match(chinese.get(where) ?? '', /。$/, where);
  }
});

test('both languages name the same variables, files and commands', () => {
  for (const [where, text] of english) {
    assert.deepEqual(
      new Set(chinese.get(where)?.match(VARIABLES)),
      new Set(text.match(VARIABLES)),
      where,
    );
  }
});

test('both languages lead to the same findings', () => {
  for (const [where, text] of english) {
    if (!text.startsWith('See ')) continue;
    const ids = (of: string) => of.match(/[a-z0-9]+(-[a-z0-9]+)+/g);
    assert.deepEqual(ids(chinese.get(where) ?? ''), ids(text), where);
  }
});

function isWhole(where: string): boolean {
  return where.endsWith('.sentence') || where.endsWith('.do');
}

/** Each by where it stands; those that take values without any. */
function sentencesIn(words: unknown, where: readonly string[] = []): Sentences {
  if (typeof words === 'string') return new Map([[where.join('.'), words]]);
  // Of what is told by strings, numbers, lists and objects alike, an empty list is none.
  if (typeof words === 'function') {
    return sentencesIn(Reflect.apply(words, undefined, [[], [], [], []]), where);
  }
  return new Map(
    Object.entries(words ?? {}).flatMap(([name, of]) => [...sentencesIn(of, [...where, name])]),
  );
}

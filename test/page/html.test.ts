/** The page's template: whatever others wrote is text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html, NOTHING } from '../../simulator/page/html.ts';

test('escapes what is put in, in text and in attributes', () => {
  const hostile = `"><script>alert('1')</script>&`;
  const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;';
  assert.equal(
    html`<p title="${hostile}">${hostile}</p>`.html,
    `<p title="${escaped}">${escaped}</p>`,
  );
});

test('leaves HTML of its own as it is, once and in lists', () => {
  const item = (text: string) => html`<b>${text}</b>`;
  assert.equal(html`${[item('a'), item('<')]}`.html, '<b>a</b><b>&lt;</b>');
});

test('writes nothing for what is not there, and zero for zero', () => {
  assert.equal(html`[${undefined}${false}${NOTHING}${[]}]${0}`.html, '[]0');
});

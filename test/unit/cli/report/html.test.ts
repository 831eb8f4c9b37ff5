import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html, trusted } from '../../../../src/cli/report/html.ts';

test('what is put in is escaped, for texts and for attributes', () => {
  const hostile = `</p><script>alert('1')</script>" onload="x" & <b>`;
  assert.equal(
    html`<p title="${hostile}">${hostile}</p>`.toString(),
    '<p title="&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onload=&quot;x&quot; &amp; &lt;b&gt;">' +
      '&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onload=&quot;x&quot; &amp; &lt;b&gt;</p>',
  );
});

test('what the tag has made goes in as it is, alone or as a list', () => {
  const items = ['a', '<b>'].map((name) => html`<li>${name}</li>`);
  assert.equal(html`<ul>${items}</ul>`.toString(), '<ul><li>a</li><li>&lt;b&gt;</li></ul>');
  assert.equal(html`<p>${trusted('<svg></svg>')}</p>`.toString(), '<p><svg></svg></p>');
});

test('null is nothing, a number is its digits', () => {
  assert.equal(html`a${null}b${0}c${-1.5}`.toString(), 'ab0c-1.5');
});

test('an object that only looks like HTML is not taken for it', () => {
  const pretender = { toString: () => '<script>' };
  assert.equal(html`${String(pretender)}`.toString(), '&lt;script&gt;');
});

test('control characters and those that turn text around become replacement characters', () => {
  const odd = 'a\u0000b\u001bc\u202ed\u2067e\ud800f\tg\nh\u0085';
  assert.equal(html`${odd}`.toString(), 'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\tg\nh\ufffd');
});

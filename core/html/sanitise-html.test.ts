import { expect, test } from 'vitest';
import { escapeHtml } from './escape-html.js';
import { renderMarkdown } from './markdown.js';
import { sanitiseHtml } from './sanitise-html.js';

const clean = (html: string): string => sanitiseHtml(html, { remoteImages: 'block' }).html;

test.each([
  ['<script>alert(1)</script>a', 'a'],
  ['<scr<script>ipt>alert(1)</script>', 'ipt&gt;alert(1)'],
  ['<svg><p>x</p></svg>a', 'a'],
  ['<math><mi>x</mi></math>a', 'a'],
  ['<style>p{}</style>a', 'a'],
  ['<template><b>x</b></template>a', 'a'],
  ['<iframe src="https://x.example"></iframe>a', 'a'],
  ['<form action="https://x.example"><input name=a>text<button>b</button></form>', 'textb'],
  ['<p onclick="x" id="a" class="b">a</p>', '<p>a</p>'],
  [
    '<base href="https://x.example"><meta http-equiv=refresh content="0;url=x"><link rel=stylesheet href=x>a',
    'a',
  ],
  ['<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
  ['<a href="java\nscript:alert(1)">a</a>', '<a>a</a>'],
  ['<a href="data:text/html,x">a</a>', '<a>a</a>'],
  ['<a href="/admin" target="_top">a</a>', '<a>a</a>'],
  ['<a href="//x.example">a</a>', '<a>a</a>'],
  ['<p style="position:fixed;top:0">a</p>', '<p>a</p>'],
  ['<p style="background-color:url(https://x.example)">a</p>', '<p>a</p>'],
  ['<p style="color:red;color:\\75rl(x)">a</p>', '<p style="color:red">a</p>'],
  ['<p style="color:var(--x);width:calc(1px)">a</p>', '<p>a</p>'],
  ['<p style="margin-left:-9999px">a</p>', '<p>a</p>'],
  ['<td background="https://x.example/a.png">a</td>', '<td>a</td>'],
  ['<img src="data:image/svg+xml,x">', '<img />'],
  ['<img data-src="https://x.example/a.png" data-cid="x">', '<img />'],
  ['<img srcset="https://x.example/a.png 2x">', '<img />'],
])('%j becomes %j', (html, expected) => {
  expect(clean(html)).toBe(expected);
});

test('links open elsewhere and tell nothing', () => {
  expect(clean('<a href="https://x.example/?a=1&amp;b=2" rel="opener" target="_self">a</a>')).toBe(
    '<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow ugc">a</a>',
  );
});

test('keeps how text looks', () => {
  const html = '<p style="color:rgb(1, 2, 3);font-family:\'Segoe UI\',sans-serif;font-size:11.0pt">a</p>';
  expect(clean(html)).toBe(html);
});

test('remote images wait for consent and are counted', () => {
  const html = '<img src="https://x.example/a.png"><img src="//x.example/b.png">';
  expect(sanitiseHtml(html, { remoteImages: 'block' })).toEqual({
    html: '<img data-src="https://x.example/a.png" /><img data-src="https://x.example/b.png" />',
    remoteImages: 2,
  });
  expect(sanitiseHtml(html, { remoteImages: 'keep' }).html).toContain('src="https://x.example/a.png"');
});

test('images of the mail get the address of their attachment, or wait for one', () => {
  const html = '<img src="cid:a%40b"><img src="CID:c">';
  const { html: placed } = sanitiseHtml(html, {
    remoteImages: 'block',
    cid: (id) => (id === 'a@b' ? 'https://help.example/files/1' : undefined),
  });
  expect(placed).toBe('<img src="https://help.example/files/1" /><img data-cid="c" />');
});

test('deep and long input comes out bounded', () => {
  expect(clean(`${'<div>'.repeat(20_000)}x`).split('<div>').length).toBeLessThanOrEqual(102);
  expect(clean('a'.repeat(3_000_000)).length).toBe(1024 * 1024);
});

test('Markdown keeps line breaks and shows HTML as text', () => {
  expect(renderMarkdown('**a**\n<b>b</b>')).toBe('<p><strong>a</strong><br />\n&lt;b&gt;b&lt;/b&gt;</p>\n');
  expect(renderMarkdown('see https://x.example')).toContain('href="https://x.example" target="_blank"');
  expect(renderMarkdown('[a](javascript:alert(1))')).not.toContain('href');
});

test('escapes for element content and attributes', () => {
  expect(escapeHtml(`<a href="x">'&'</a>`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;');
});

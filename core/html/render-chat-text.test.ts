import { expect, it } from 'vitest';
import { escapeHtml } from './escape-html.js';
import { plainMarks, renderChatText, type ChatMarks } from './render-chat-text.js';

const html: ChatMarks = {
  escape: escapeHtml,
  strong: ['<b>', '</b>'],
  em: ['<i>', '</i>'],
  strike: ['<s>', '</s>'],
  code: ['<code>', '</code>'],
  block: ['<pre>', '</pre>'],
  link: (words, href) => `<a href="${escapeHtml(href)}">${words}</a>`,
};

it.each([
  ['one\ntwo\n\nthree', 'one\ntwo\n\nthree'],
  ['**bold** _soft_ ~~gone~~ `x<y`', '<b>bold</b> <i>soft</i> <s>gone</s> <code>x&lt;y</code>'],
  ['- a\n- b\n  - c\n\nend', '• a\n• b\n  • c\n\nend'],
  ['3. a\n4. b', '3. a\n4. b'],
  ['# Head\ntext', '<b>Head</b>\n\ntext'],
  ['[us](https://a.example/?b=1&c=2)', '<a href="https://a.example/?b=1&amp;c=2">us</a>'],
  ['[x](javascript:alert(1)) <script>', '[x](javascript:alert(1)) &lt;script&gt;'],
  ['```\nif (a < b)\n```', '<pre>if (a &lt; b)</pre>'],
])('writes %j with marks', (text, wanted) => {
  expect(renderChatText(text, html)).toBe(wanted);
});

it('writes plain words where there are no marks, with the address behind a link', () => {
  const text = '**Hello**, see [the page](https://a.example) or <https://b.example>';
  expect(renderChatText(text, plainMarks)).toBe(
    'Hello, see the page (https://a.example) or https://b.example',
  );
});

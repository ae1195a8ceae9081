import { renderMarkdown } from '@helpdesk/core';
import { expect, it } from 'vitest';
import { quoteComment } from './quote-comment.js';

it.each([
  '# Big',
  '**bold** and _soft_',
  '[here](https://evil.example)',
  'https://evil.example/pay and www.evil.example',
  '![x](https://evil.example/pixel.gif)',
  '<img src=x onerror=alert(1)>',
  '- a\n1. b\n    code',
  'write to me@evil.example',
])('%j stays as it was typed', (comment) => {
  const html = renderMarkdown(quoteComment(comment));
  expect(html).toContain('<blockquote>');
  expect(html).not.toMatch(/<(a|img|h\d|strong|em|li|code|pre)\b/);
});

it('no words are no quotation', () => {
  expect(quoteComment('')).toBe('');
});

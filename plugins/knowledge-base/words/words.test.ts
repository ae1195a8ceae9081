import { describe, expect, it } from 'vitest';
import { renderArticle } from './render-article.js';
import { toSlug } from './slug.js';
import { plainText, readingMinutes } from './plain-text.js';
import { readVideo } from './video.js';

const keys = { sign: () => 'seal', verify: () => true, encrypt: String, decrypt: String };
const render = (body: string) => renderArticle({ keys }, { body, t: (key) => key });
const sha = 'ab'.repeat(32);

describe('an address made of a title', () => {
  it.each([
    ['Как вернуть или обменять товар?', 'kak-vernut-ili-obmenyat-tovar'],
    ['TD‑120: откат до 2.3.7', 'td-120-otkat-do-2-3-7'],
    ['Crème & café', 'creme-cafe'],
    ['日本', ''],
    ['x'.repeat(200), 'x'.repeat(80)],
  ])('%s', (title, slug) => expect(toSlug(title)).toBe(slug));
});

describe('an article as HTML', () => {
  it('has its headings below the title, and they have addresses', () => {
    const { html, headings } = render('# Что нужно\n\n## Шаги\n\n## Шаги\n\n### Ещё');
    expect(headings).toEqual([
      { id: 'p-chto-nuzhno', text: 'Что нужно' },
      { id: 'p-shagi', text: 'Шаги' },
      { id: 'p-shagi-2', text: 'Шаги' },
    ]);
    expect(html).toContain('<h2 id="p-chto-nuzhno">Что нужно</h2>');
    expect(html).toContain('<h3 id="p-esche">');
  });

  it('holds no HTML, no script and no address that runs one', () => {
    const { html } = render(
      '<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](data:text/html,x) [c](//evil.example) [d](vbscript:x)\n\n<img src=x onerror=alert(1)>',
    );
    expect(html).not.toMatch(/<script|<img|href/);
  });

  it.each([
    '[x](https://a.example" onclick="alert(1))',
    '![x](https://a.example/"onerror="alert(1))',
    '![" onerror="x](/y)',
  ])('cannot be broken out of: %s', (body) =>
    expect(render(body).html.replaceAll('&quot;', '')).not.toMatch(/<[^>]*\son\w+=/),
  );

  it('shows images of this desk and makes links of others', () => {
    const { html } = render(
      `![Порт](/help/images/${sha}.png "Справа")\n\n![x](https://evil.example/t.png) ![y](/desk/sign-out)`,
    );
    expect(html).toContain(`<img src="/help/images/${sha}.png" alt="Порт" loading="lazy">`);
    expect(html).toContain('<span class="kb-caption">Справа</span>');
    expect(html.match(/<img/g)).toHaveLength(1);
    expect(html).toContain('<a href="https://evil.example/t.png" rel="noopener">x</a>');
  });

  it('shows a film as a card that loads nothing', () => {
    const { html } = render(
      'Смотрите:\n\nhttps://www.youtube.com/watch?v=abcdefghi_1&t=4\n\n[Сборка](https://rutube.ru/video/0123456789abcdef0123456789abcdef/)',
    );
    expect(html.match(/class="kb-video"/g)).toHaveLength(2);
    expect(html).toContain('data-video="Сборка"');
    expect(html).not.toMatch(/<iframe|<video|src=/);
    expect(html).toContain('/help/video?u=https%3A%2F%2Fwww.youtube.com');
  });

  it('leaves the address of a film inside a sentence a link', () => {
    expect(render('See https://youtu.be/abcdefghijk first').html).not.toContain('kb-video');
  });
});

describe('the address of a film', () => {
  it.each([
    ['https://youtu.be/abcdefghijk?si=x', 'https://www.youtube-nocookie.com/embed/abcdefghijk'],
    ['https://m.youtube.com/shorts/abcdefghijk', 'https://www.youtube-nocookie.com/embed/abcdefghijk'],
    ['https://vimeo.com/123456', 'https://player.vimeo.com/video/123456'],
    ['https://vkvideo.ru/video-123_456', 'https://vkvideo.ru/video_ext.php?oid=-123&id=456'],
    ['https://vk.com/video?z=video-1_2%2Fx', 'https://vkvideo.ru/video_ext.php?oid=-1&id=2'],
    ['https://vk.com/videos-1?z=video-1_2', 'https://vkvideo.ru/video_ext.php?oid=-1&id=2'],
    ['https://files.acme.example/how-to.mp4', 'https://files.acme.example/how-to.mp4'],
    ['http://youtu.be/abcdefghijk', undefined],
    ['https://youtube.com.evil.example/watch?v=abcdefghijk', undefined],
    ['https://user:pass@files.example/x.mp4', undefined],
    ['https://example.com/', undefined],
    ['nonsense', undefined],
  ])('%s', (address, source) => expect(readVideo(address)?.source).toBe(source));
});

it('reads a text aloud without its marks', () => {
  expect(plainText('## Шаг 1\n\n- **Жирно** и `код`\n1. [ссылка](https://a.example) ![порт](/x)')).toBe(
    'Шаг 1 Жирно и код ссылка порт',
  );
  expect(readingMinutes('слово '.repeat(540))).toBe(3);
  expect(readingMinutes('')).toBe(1);
});

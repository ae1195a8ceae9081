import { sanitiseHtml } from '@helpdesk/core';
import { expect, it } from 'vitest';
import { listRemotePictures, placeImages } from './letter-pictures.js';

const stored = (html: string) => sanitiseHtml(html, { remoteImages: 'block' }).html;
const place = {
  attached: (id: string) => (id === 'a@b' ? '/files/1' : undefined),
  remote: (number: number, url: string) => `/p/${number}?u=${encodeURIComponent(url)}`,
};

it('lists the remote pictures of a letter in their order, as they were addressed', () => {
  const html = stored(
    '<img src="https://x.example/?a=1&amp;b=2"><img src="cid:a"><img alt="A" width=1 src="//y.example/b.png">',
  );
  expect(listRemotePictures(html)).toEqual(['https://x.example/?a=1&b=2', 'https://y.example/b.png']);
  expect(listRemotePictures(stored('<p>nothing data-src="https://x.example/"</p>'))).toEqual([]);
  expect(listRemotePictures(null)).toEqual([]);
});

it('places attached and remote pictures and leaves the others alone', () => {
  const html = stored(
    '<img src="cid:a@b" alt="&quot;A&quot;"><img src="cid:c"><img src="https://x.example/">',
  );
  expect(placeImages(html, place)).toBe(
    '<img alt="&quot;A&quot;" src="/files/1" referrerpolicy="no-referrer"><img data-cid="c" /><img src="/p/0?u=https%3A%2F%2Fx.example%2F" referrerpolicy="no-referrer">',
  );
});

it('takes nothing in the value of an attribute for an attribute', () => {
  const tricks = [
    '<img alt=" data-src=" title="https://x.example/ onerror=alert(1) x=">',
    '<img alt=" data-cid=" title="a@b onerror=alert(1) x=">',
    '<img alt=\'" data-src="https://x.example/" onerror="alert(1)\'>',
    '<img title="<img data-src=" src="cid:a@b" alt=" onerror=alert(1) ">',
  ];
  for (const html of tricks) {
    const shown = placeImages(stored(html), place);
    const bare = shown.replaceAll(/"[^"]*"/g, '""');
    expect(bare).not.toMatch(/onerror|alert/);
    expect(listRemotePictures(stored(html))).toEqual([]);
  }
});

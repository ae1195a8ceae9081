import { escapeHtml } from '@helpdesk/core';

/** What the sanitiser writes: every image with its attributes in double quotes, nothing else inside. */
const IMAGE = /<img((?:\s[\w-]+(?:="[^"]*")?)*)\s*\/?>/g;
const ATTRIBUTE = /\s([\w-]+)(?:="([^"]*)")?/g;

/** The `src` that an image of a letter gets, or undefined to leave it as it is. */
export interface PlaceImage {
  /** By the Content-ID of an attachment. */
  attached(contentId: string): string | undefined;
  /** By its place among the letter's remote images, from 0, and its address. */
  remote(number: number, url: string): string | undefined;
}

/** Puts addresses into the images of sanitised HTML. */
export function placeImages(html: string, place: PlaceImage): string {
  let count = 0;
  return html.replaceAll(IMAGE, (whole, inside: string) => {
    const attributes = readAttributes(inside);
    const contentId = attributes.get('data-cid');
    const url = attributes.get('data-src');
    const src =
      contentId !== undefined
        ? place.attached(contentId)
        : url !== undefined
          ? place.remote(count++, url)
          : undefined;
    return src === undefined ? whole : printImage(attributes, src);
  });
}

/** The addresses of the pictures that a letter would load from elsewhere, in its order. */
export function listRemotePictures(html: string | null): string[] {
  const urls: string[] = [];
  // Most letters have none, and looking for a word is much quicker.
  if (!html?.includes(' data-src="')) return urls;
  placeImages(html, { attached: () => undefined, remote: (_, url) => void urls.push(url) });
  return urls;
}

// Read from the first to the last: what stands in the value of one is never taken for another.
function readAttributes(inside: string): Map<string, string> {
  return new Map(
    [...inside.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, plain(value)] as const),
  );
}

function printImage(attributes: ReadonlyMap<string, string>, src: string): string {
  const kept = [...attributes].filter(([name]) => name !== 'src' && !name.startsWith('data-'));
  const printed = [...kept, ['src', src] as const].map(([name, value]) => ` ${name}="${escapeHtml(value)}"`);
  return `<img${printed.join('')} referrerpolicy="no-referrer">`;
}

const SIGNS: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
const plain = (text: string) =>
  text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => SIGNS[name] ?? '');

// Files of what was said.
import { CLIP, icon, make } from './elements.js';
import { sizeOf } from './state.js';
import { door } from './tag.js';

/** One on its way has no address yet. */
export function makeFile({ name, size, isPicture, path }) {
  const words = make(
    'span',
    { class: 'file' },
    icon(CLIP),
    make('span', { class: 'clip' }, name),
    sizeOf(size),
  );
  if (!path) return words;
  const href = new URL(path, door).href;
  const link = make('a', { href, target: '_blank', rel: 'noopener noreferrer' }, words);
  if (isPicture) void drawPicture(link, { href, name });
  return link;
}

/** Drawn from its bytes: the page that the window stands on may allow pictures from nowhere. */
async function drawPicture(link, { href, name }) {
  try {
    const response = await fetch(href, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!response.ok) return;
    const picture = await createImageBitmap(await response.blob());
    const scale = Math.min(1, 240 / picture.width, 240 / picture.height);
    const canvas = make('canvas', {
      role: 'img',
      'aria-label': name,
      width: Math.max(1, Math.round(picture.width * scale)),
      height: Math.max(1, Math.round(picture.height * scale)),
    });
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const log = link.closest('.log');
    const isAtEnd = log && log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    link.replaceChildren(canvas);
    if (isAtEnd) log.scrollTop = log.scrollHeight;
  } catch {
    // What cannot be drawn stays a link.
  }
}

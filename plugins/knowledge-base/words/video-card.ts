import { escapeHtml, type App } from '@helpdesk/core';
import { readVideo, type Video } from './video.js';

type Keys = Pick<App, 'keys'>;
const PURPOSE = 'knowledge-base video';

/** Our page with the player. Signed, so that nobody can show films of his own under our address. */
export function videoPath({ keys }: Keys, address: string): string {
  return `/help/video?${new URLSearchParams({ u: address, k: keys.sign(PURPOSE, address) }).toString()}`;
}

/** The film of such a path; undefined when we did not make it. */
export function openVideoPath(
  { keys }: Keys,
  { u = '', k = '' }: Readonly<Record<string, string>>,
): Video | undefined {
  return keys.verify(PURPOSE, u, k) ? readVideo(u) : undefined;
}

/** A film as a card: a link to its page, which a script turns into a player when it is clicked. */
export function videoCard(
  app: Keys,
  { address, title, t }: { address: string; title: string; t: (key: string) => string },
): string {
  const video = readVideo(address);
  if (!video) return '';
  const label = title === '' || title === address ? t('knowledge-base.video') : title;
  const from = t(`knowledge-base.video.${video.provider}`);
  const path = escapeHtml(videoPath(app, address));
  const words = `<b>${escapeHtml(label)}</b><small>${escapeHtml(from)}</small>`;
  return `<p class="kb-video"><a href="${path}" data-video="${escapeHtml(label)}"><span class="kb-play" aria-hidden="true"></span><span class="kb-video-words">${words}</span></a></p>\n`;
}

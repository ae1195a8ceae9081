import type { HostApp, Toolbox } from '@helpdesk/core';
import '@helpdesk/plugin-portal/contract';
import { sendImage } from '../images/send-image.js';
import { articlePage } from './article-page.js';
import { categoryPage } from './category-page.js';
import { helpfulPage } from './helpful-page.js';
import { homePage } from './home-page.js';
import { loadPortalPanel } from './popular-articles.js';
import { readerOf, type Services } from './reader.js';
import { searchPage } from './search-page.js';
import { videoPage } from './video-page.js';

type Tools = Pick<Toolbox<unknown, unknown, unknown, unknown, never>, 'portal' | 'panel'>;

/** What readers see, below `/help`. */
export function registerHelp(
  { portal, panel }: Tools,
  { app, services }: { app: HostApp; services: Services },
): void {
  portal.get('/', (ctx) => homePage(ctx, services));
  portal.get('/search', (ctx) => searchPage(ctx, services));
  portal.get('/video', videoPage);
  portal.get('/images/:file', async (ctx) => sendImage(ctx, (await readerOf(ctx, services)).scope));
  portal.get('/:category', (ctx) => categoryPage(ctx, services));
  portal.get('/:category/:slug', (ctx) => articlePage(ctx, services));
  portal.post('/:category/:slug/helpful', (ctx) => helpfulPage(ctx, services));

  panel('portal.home', {
    title: 'knowledge-base.help.popular',
    view: 'knowledge-base/portal-panel',
    load: (at) => loadPortalPanel(app, services, at),
  });
}

import type { HostApp, Toolbox } from '@helpdesk/core';
import { sendImage } from '../images/send-image.js';
import { reportPage } from '../report/report-page.js';
import { insertPage } from '../ticket/insert-page.js';
import { loadPanel } from '../ticket/load-panel.js';
import { ticketSearchPage } from '../ticket/search-page.js';
import {
  categoriesPage,
  moveCategoryPage,
  orderArticlesPage,
  removeCategoryPage,
  saveCategoryPage,
} from './categories-page.js';
import { archivePage, restorePage, withdrawPage } from './change-pages.js';
import { changePage, createPage, editPage, newPage } from './edit-page.js';
import { uploadPage } from './insert-image.js';
import { listPage } from './list-page.js';
import { BASE, type Services } from './place.js';
import { readPage } from './read-page.js';
import { versionsPage } from './versions-page.js';

type Permission = 'knowledge-base.read' | 'knowledge-base.write' | 'knowledge-base.publish';
type Tools = Pick<Toolbox<unknown, unknown, unknown, unknown, Permission>, 'desk' | 'nav' | 'panel'>;

const READ = { permission: 'knowledge-base.read' } as const;
const WRITE = { permission: 'knowledge-base.write' } as const;
const PUBLISH = { permission: 'knowledge-base.publish' } as const;

/** The pages of colleagues. */
export function registerDesk(
  { desk, nav, panel }: Tools,
  { app, services }: { app: HostApp; services: Services },
): void {
  nav({
    place: 'main',
    key: 'knowledge-base',
    label: 'knowledge-base.title',
    icon: 'book',
    href: BASE,
    ...READ,
  });

  desk.get('/', READ, (ctx) => listPage(ctx, services));
  desk.get('/new', WRITE, (ctx) => newPage(ctx, services));
  desk.post('/new', WRITE, (ctx) => createPage(ctx, services));
  desk.get('/articles/:id', READ, (ctx) => readPage(ctx, services));
  desk.get('/articles/:id/edit', WRITE, (ctx) => editPage(ctx, services));
  desk.post('/articles/:id/edit', WRITE, (ctx) => changePage(ctx, services));
  desk.get('/articles/:id/versions', READ, versionsPage);
  desk.post('/articles/:id/restore', PUBLISH, restorePage);
  desk.post('/articles/:id/withdraw', PUBLISH, withdrawPage);
  desk.post('/articles/:id/archive', PUBLISH, archivePage);
  desk.get('/images/:file', READ, (ctx) => sendImage(ctx, null));
  desk.post('/images', WRITE, uploadPage);
  desk.get('/categories', PUBLISH, categoriesPage);
  desk.post('/categories', PUBLISH, saveCategoryPage);
  desk.post('/categories/:id/move', PUBLISH, moveCategoryPage);
  desk.post('/categories/:id/order', PUBLISH, orderArticlesPage);
  desk.post('/categories/:id/remove', PUBLISH, removeCategoryPage);
  desk.get('/report', READ, reportPage);
  desk.get('/tickets/:id', READ, ticketSearchPage);
  desk.post('/tickets/:id/insert', READ, insertPage);

  panel('ticket.sidebar', {
    title: 'knowledge-base.panel.title',
    icon: 'book',
    ...READ,
    view: 'knowledge-base/ticket-panel',
    load: ({ ticketId, viewer, language }) => loadPanel(app, { ticketId, viewer, language }),
  });
}

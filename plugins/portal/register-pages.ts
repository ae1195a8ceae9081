import type { Toolbox } from '@helpdesk/core';
import { askForMail, linkPage, openLink } from './entry/link.js';
import { signInNow, signInPage } from './entry/sign-in.js';
import { signOut } from './entry/sign-out.js';
import { sendFile } from './files/send-file.js';
import { switchLanguage } from './frame/switch-language.js';
import { homePage } from './home/home-page.js';
import { newPage } from './new-request/new-page.js';
import { suggestionsPart } from './new-request/suggestions.js';
import { takeRequest } from './new-request/take-request.js';
import type { Portal } from './portal.js';
import { addAddress, confirmNow, confirmPage, removeAddress } from './profile/addresses.js';
import { endDevices } from './profile/devices.js';
import { savePassword } from './profile/password.js';
import { profilePage, saveProfile } from './profile/profile-page.js';
import { reopenRequest, solveRequest } from './request/move-request.js';
import { newsPart } from './request/news-part.js';
import { replyToRequest } from './request/reply.js';
import { requestPage } from './request/request-page.js';
import { listPage } from './requests/list-page.js';
import { loadPanel } from './view-as/panel.js';
import { viewAs } from './view-as/view-as.js';
import { takeWritten, writePage } from './write/write-page.js';

type Tools = Pick<
  Toolbox<unknown, unknown, unknown, unknown, 'portal.viewAs'>,
  'desk' | 'portal' | 'panel' | 'slot'
>;

const FILES = { files: true } as const;

/** The pages of customers, and what the desk shows of them. */
export function registerPages({ desk, portal, panel, slot }: Tools, made: Portal): void {
  for (const place of ['portal.home', 'portal.request', 'portal.request.fields']) slot(place);

  portal.get('/', (ctx) => homePage(ctx, made));
  portal.get('/suggest', suggestionsPart);
  portal.post('/language', switchLanguage);
  portal.get('/write', (ctx) => writePage(ctx, made));
  portal.post('/write', (ctx) => takeWritten(ctx, made));

  portal.get('/sign-in', signInPage);
  portal.post('/sign-in', (ctx) => askForMail(ctx, made));
  portal.post('/sign-in/password', signInNow);
  portal.get('/sign-in/:token', linkPage);
  portal.post('/sign-in/:token', openLink);
  portal.post('/sign-out', signOut, { whileViewing: true });

  portal.own.get('/requests', listPage);
  portal.own.get('/requests/new', (ctx) => newPage(ctx, made));
  portal.own.post('/requests/new', (ctx) => takeRequest(ctx, made), FILES);
  portal.own.get('/requests/:number', requestPage);
  portal.own.get('/requests/:number/news', newsPart);
  portal.own.post('/requests/:number/reply', (ctx) => replyToRequest(ctx, made), FILES);
  portal.own.post('/requests/:number/solve', solveRequest);
  portal.own.post('/requests/:number/reopen', reopenRequest);
  portal.own.get('/files/:key/:name', sendFile);

  portal.own.get('/profile', profilePage);
  portal.own.post('/profile', saveProfile);
  portal.own.post('/profile/password', savePassword);
  portal.own.post('/profile/addresses', (ctx) => addAddress(ctx, made));
  portal.own.post('/profile/addresses/remove', removeAddress);
  portal.own.post('/profile/devices', endDevices);
  portal.own.get('/profile/confirm/:token', confirmPage);
  portal.own.post('/profile/confirm/:token', confirmNow);

  desk.post('/contacts/:id/view', { permission: 'portal.viewAs' }, viewAs);
  panel('contact.sidebar', {
    title: 'portal.panel.title',
    icon: 'portal',
    permission: 'contacts.read',
    view: 'portal/contact-panel',
    load: ({ app, contactId, viewer }) => loadPanel(app, { contactId, viewer }),
  });
}

import type { DeskTools } from '../tools.js';
import { registerCsv } from './csv/register.js';
import { changeContactPage, editPage } from './edit-page.js';
import { addHat, changeHatPage, endHat } from './hat-actions.js';
import { addAddress, removeAddress } from './identity-actions.js';
import { clearMark, putMark } from './marks/mark-actions.js';
import { createPage, newPage } from './new-page.js';
import { listPage } from './list-page.js';
import { registerMerge } from './merge/register-merge.js';
import { toKept } from './merge/to-kept.js';
import { createOrganizationPage, organizationsPage } from './organizations-page.js';
import { changeOrganizationPage, organizationPage } from './organization-page.js';
import { showContact } from './show-contact.js';
import { useAddressAs } from './use-address-as.js';

const READ = { permission: 'contacts.read' } as const;
const EDIT = { permission: 'contacts.edit' } as const;

/** Contacts and organizations: lists, cards, and the forms that change them. */
export function registerContacts(tools: DeskTools): void {
  const { desk, slot } = tools;
  slot('contact.sidebar');
  registerCsv(tools);
  desk.get('/contacts', READ, listPage);
  desk.get('/contacts/new', EDIT, newPage);
  desk.post('/contacts', EDIT, createPage);
  registerMerge(tools);
  desk.get(
    '/contacts/:id',
    READ,
    toKept((ctx) => showContact(ctx)),
  );
  desk.get('/contacts/:id/edit', EDIT, toKept(editPage));
  desk.post('/contacts/:id/edit', EDIT, changeContactPage);
  desk.post('/contacts/:id/identities', EDIT, addAddress);
  desk.post('/contacts/:id/identities/:identityId/remove', EDIT, removeAddress);
  desk.post('/contacts/:id/identities/:identityId/hat', EDIT, useAddressAs);
  desk.post('/contacts/:id/hats', EDIT, addHat);
  desk.post('/contacts/:id/hats/:hatId', EDIT, changeHatPage);
  desk.post('/contacts/:id/hats/:hatId/end', EDIT, endHat);
  desk.get('/organizations', READ, organizationsPage);
  desk.post('/organizations', EDIT, createOrganizationPage);
  desk.get('/organizations/:id', READ, (ctx) => organizationPage(ctx));
  desk.post('/organizations/:id', EDIT, changeOrganizationPage);
  desk.post('/organizations/:id/marks', EDIT, putMark);
  desk.post('/organizations/:id/marks/:markId/clear', EDIT, clearMark);
}

import type { DeskTools } from '../../tools.js';
import { comparePage } from './compare-page.js';
import { choosePage } from './choose-page.js';
import { duplicatesPage, sayDifferent } from './duplicates-page.js';
import { loadPanel } from './load-panel.js';
import { mergePage } from './merge-page.js';
import { mergesPage } from './merges-page.js';
import { mergeTwo } from './merge-two.js';
import { undoMerge } from './undo-merge.js';

const MERGE = { permission: 'contacts.merge' } as const;

/** Two contacts that are one person: who they may be, the merge, the list of merges and their undo. */
export function registerMerge({ app, desk, panel }: DeskTools): void {
  panel('contact.sidebar', {
    title: 'desk.merge.panel',
    icon: 'merge',
    permission: 'contacts.merge',
    view: 'desk/contact-merge-panel',
    load: ({ contactId }) => loadPanel(app, contactId),
  });
  desk.get('/contacts/duplicates', MERGE, duplicatesPage);
  desk.get('/contacts/merges', MERGE, mergesPage);
  desk.get('/contacts/merges/:id', MERGE, mergePage);
  desk.post('/contacts/merges/:id/undo', MERGE, undoMerge);
  desk.get('/contacts/:id/merge', MERGE, choosePage);
  desk.get('/contacts/:id/merge/:otherId', MERGE, (ctx) => comparePage(ctx));
  desk.post('/contacts/:id/merge/:otherId', MERGE, mergeTwo);
  desk.post('/contacts/:id/apart/:otherId', MERGE, sayDifferent);
}

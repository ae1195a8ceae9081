import { findDuplicates, listMerges, UNMERGE_DAYS, type HostApp } from '@helpdesk/core';
import { presentDuplicates } from './present-duplicates.js';

const SHOWN = 4;
const DAY_MS = 24 * 3_600_000;

/** Beside a contact: who may be the same person, and the merges that can still be undone. */
export async function loadPanel(app: HostApp, contactId: number) {
  const since = new Date(app.now().getTime() - UNMERGE_DAYS * DAY_MS).toISOString();
  const [found, merges] = await Promise.all([
    findDuplicates(app.db, contactId),
    listMerges(app.db, { keptId: contactId, since, limit: SHOWN }),
  ]);
  return {
    duplicates: presentDuplicates(contactId, found.slice(0, SHOWN)),
    merges: merges.map(({ id, goneName, mergedAt }) => ({
      name: goneName,
      mergedAt,
      href: `/desk/contacts/merges/${id}`,
      undoUrl: `/desk/contacts/merges/${id}/undo`,
    })),
    mergeUrl: `/desk/contacts/${contactId}/merge`,
  };
}

import { can, readAccess, type HostApp, type Viewer } from '@helpdesk/core';

/** Beside a contact in the desk: whether they come to the portal, and a way to see it as they do. */
export async function loadPanel(
  app: HostApp,
  { contactId, viewer }: { contactId: number; viewer: Viewer | null },
): Promise<Record<string, unknown> | undefined> {
  if (!viewer) return undefined;
  const { lastSeenAt, hasPassword, hasProvenAddress } = await readAccess(app.db, contactId);
  return {
    lastSeenAt,
    hasPassword,
    hasProvenAddress,
    viewUrl: can(viewer, 'portal.viewAs') ? `/desk/portal/contacts/${contactId}/view` : undefined,
  };
}

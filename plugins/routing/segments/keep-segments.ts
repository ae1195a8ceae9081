import type { HostApp, Toolbox } from '@helpdesk/core';
import { applyRules, applyToAll } from './apply-rules.js';

type Tools = Pick<Toolbox<unknown, unknown, unknown, unknown, never>, 'follow' | 'schedule' | 'job'>;

/**
 * Keeps everybody in the segment that the rules say: on each change of a contact or organization, and nightly, as counts
 * of tickets change by themselves. @returns applies all rules now, in the background
 */
export function keepSegments(app: HostApp, { follow, schedule, job }: Tools): () => Promise<void> {
  const contact = ({ contactId }: { contactId: number }) => applyRules(app, 'contact', [contactId]);
  const organization = ({ organizationId }: { organizationId: number }) =>
    applyRules(app, 'organization', [organizationId]);
  const both = async (event: { contactId: number; organizationId: number | null }) => {
    await contact(event);
    if (event.organizationId !== null) await applyRules(app, 'organization', [event.organizationId]);
  };
  follow(
    {
      'contact.created': contact,
      'contact.changed': contact,
      'identity.added': contact,
      'identity.removed': contact,
      'organization.created': organization,
      'organization.changed': organization,
      'membership.added': both,
      'membership.ended': both,
    },
    { name: 'segments', from: 'now' },
  );
  schedule('segments', { cron: '20 3 * * *' }, ({ signal }) => applyToAll(app, signal));
  const all = job('segments', (_input: null, { signal }) => applyToAll(app, signal));
  return () => all.now(null, { key: 'routing.segments' });
}

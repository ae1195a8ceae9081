import type { Viewer } from '@helpdesk/core';

/** What an agent may see and do as one text, to tell whether it has changed. */
export function rightsOf({ agentId, permissions, lineIds }: Viewer): string {
  const allowed = permissions === 'all' ? 'all' : [...permissions].toSorted().join(' ');
  const lines = lineIds === 'all' ? 'all' : lineIds.join(' ');
  return `${agentId}|${allowed}|${lines}`;
}

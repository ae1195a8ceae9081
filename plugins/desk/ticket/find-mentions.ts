import { listAgents, type HostApp } from '@helpdesk/core';
import { remember } from '../inbox/remember.js';

/** Agents named with @: by their first name, or the beginning of their address, when only one is meant. */
export async function findMentions(app: HostApp, text: string): Promise<number[]> {
  const names = [...text.matchAll(/(?:^|[\s(])@([\p{L}\p{N}_.-]{2,40})/gu)].map(([, name = '']) =>
    name.toLowerCase(),
  );
  if (names.length === 0) return [];
  const agents = await remember(app, 'agents', () => listAgents(app.db));
  const found = names.flatMap((wanted) => {
    const meant = agents.filter(({ name, email }) => {
      const words = name.toLowerCase().split(/\s+/);
      return words.includes(wanted) || words.join('.') === wanted || email.split('@')[0] === wanted;
    });
    return meant.length === 1 && meant[0] ? [meant[0].id] : [];
  });
  return [...new Set(found)];
}

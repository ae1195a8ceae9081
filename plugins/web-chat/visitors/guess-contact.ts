import { findByIdentity, type HostApp } from '@helpdesk/core';
import { findVisitor } from './visitor.js';

/**
 * Who a visitor may be: what the site has signed proves it, an address that was typed into the window proves nothing
 * and is only shown as "maybe".
 */
export async function guessContact({ db }: HostApp, { kind, value }: { kind: string; value: string }) {
  const visitor = kind === 'web-chat' ? await findVisitor(db, value) : undefined;
  if (!visitor) return [];
  const { provenEmail, email } = visitor;
  const [proven, claimed] = await Promise.all([ownerOf(db, provenEmail), ownerOf(db, email)]);
  return [
    ...(proven === undefined
      ? []
      : [{ contactId: proven, strength: 'strong' as const, kind: 'signed-in', detail: provenEmail ?? '' }]),
    ...(claimed === undefined || claimed === proven
      ? []
      : [{ contactId: claimed, strength: 'weak' as const, kind: 'chat-email', detail: email ?? '' }]),
  ];
}

async function ownerOf(db: HostApp['db'], email: string | null): Promise<number | undefined> {
  if (email === null) return undefined;
  return (await findByIdentity(db, { kind: 'email', normalised: email }))?.contactId;
}

import type { Participant, VisitorContext } from '@helpdesk/core';

/** The visitor as a letter would name them: by the address that they have proven. */
export async function senderOf({ db, visitor }: VisitorContext): Promise<Participant> {
  const { identityId, contactId, name } = visitor;
  const row: { value: string } | undefined = await db('identities')
    .where({ id: identityId ?? 0, contactId })
    .first('value');
  return { name, kind: 'email', value: row?.value ?? '' };
}

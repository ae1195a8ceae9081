import { isError, type Links } from '@helpdesk/core';
import { z } from 'zod';

const Sealed = z.object({ answersTo: z.number().int() });

/** What the form carries and the mail does not: who posts has seen the page. For a day. */
export const sealForm = (links: Links, invitationId: number): string =>
  links.seal({ answersTo: invitationId }, { days: 1 });

export function isFormSeal(links: Links, seal: string | undefined, invitationId: number): boolean {
  try {
    return links.open(seal, Sealed).answersTo === invitationId;
  } catch (error) {
    if (isError(error, 'LINK_EXPIRED') || isError(error, 'LINK_INVALID')) return false;
    throw error;
  }
}

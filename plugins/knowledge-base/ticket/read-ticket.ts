import { findTicket, type App, type Viewer } from '@helpdesk/core';
import { LANGUAGES, type Language } from '../articles/article.js';
import { guessLanguage } from '../search/guess-language.js';

export interface AskedBy {
  readonly ticketId: number;
  readonly subject: string;
  /** What the customer wrote last. */
  readonly text: string;
  readonly language: Language;
}

/** What a ticket is about, in the words of its customer. @throws TICKET_UNKNOWN when the viewer may not see it */
export async function readTicket(
  app: App,
  { ticketId, viewer, otherwise }: { ticketId: number; viewer: Viewer; otherwise: Language },
): Promise<AskedBy> {
  const ticket = await findTicket(app.db, ticketId, viewer);
  const [message, contact] = await Promise.all([
    app.db('messages').where({ ticketId, kind: 'incoming' }).orderBy('id', 'desc').first('text') as Promise<
      { text: string } | undefined
    >,
    app.db('contacts').where({ id: ticket.contactId }).first('language') as Promise<
      { language: string | null } | undefined
    >,
  ]);
  const { subject } = ticket;
  const text = message?.text ?? '';
  const known = LANGUAGES.find((language) => language === contact?.language);
  return { ticketId, subject, text, language: guessLanguage(`${subject} ${text}`) ?? known ?? otherwise };
}

import type { HostApp } from '@helpdesk/core';

const SAMPLE = 2000;

/** In which language a customer is asked: as the contact says, else as the letter is written, else the company's. */
export async function customerLanguage(
  app: HostApp,
  { ticketId, contactId }: { ticketId: number; contactId: number },
): Promise<'ru' | 'en'> {
  const contact: { language: string | null } | undefined = await app
    .db('contacts')
    .where({ id: contactId })
    .first('language');
  if (contact?.language === 'ru' || contact?.language === 'en') return contact.language;
  const letter: { text: string } | undefined = await app
    .db('messages')
    .where({ ticketId, kind: 'incoming' })
    .orderBy('id', 'desc')
    .first('text');
  const sample = letter?.text.slice(0, SAMPLE) ?? '';
  const cyrillic = sample.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (cyrillic + latin === 0) return app.company.language;
  // Names of programs and addresses are Latin in Russian letters too.
  return cyrillic * 2 >= latin ? 'ru' : 'en';
}

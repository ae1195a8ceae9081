import { agentNames, findContact, formatFullTime, type HostApp, type TicketRecord } from '@helpdesk/core';
import '@helpdesk/plugin-portal/contract';

const place = /\{\{\s*([a-z]+\.[a-z]+)\s*\}\}/gi;

/** What an acknowledgement may name. Its owner is not known yet. */
export const PLACES = [
  'ticket.number',
  'ticket.promise',
  'ticket.subject',
  'contact.name',
  'company.name',
] as const;

/** The first thing in double braces that is no place; undefined: there is none. */
export const unknownPlace = (text: string): string | undefined =>
  [...text.matchAll(/\{\{([^{}]*)\}\}/g)].find(
    ([, name = '']) => !PLACES.some((known) => known === name.trim()),
  )?.[0];

/** Fills the places of a text. @returns the text, or the first place that nothing is known for */
export async function fillTemplate(
  app: HostApp,
  ticket: TicketRecord,
  text: string,
): Promise<{ text: string } | { missing: string }> {
  const [contact, names, promise] = await Promise.all([
    findContact(app.db, ticket.contactId),
    agentNames(app.db),
    text.includes('ticket.promise') ? sayPromise(app, ticket) : '',
  ]);
  const owner = ticket.assigneeId === null ? undefined : names.get(ticket.assigneeId)?.name;
  const values: Readonly<Record<string, string | undefined>> = {
    'contact.name': plainWords(contact.name, 100),
    'ticket.number': String(ticket.number),
    'ticket.subject': plainWords(ticket.subject, 200),
    'ticket.promise': promise,
    'company.name': app.company.name,
    'agent.name': owner,
  };
  let missing: string | undefined;
  const filled = text.replaceAll(place, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) missing ??= whole;
    return value ?? whole;
  });
  return missing === undefined ? { text: tidy(filled) } : { missing };
}

/** Until when an answer is promised, as a sentence; nothing where nobody promises anything. */
async function sayPromise(app: HostApp, { id: ticketId }: TicketRecord): Promise<string> {
  if (!app.hooks.listens('portal.promises')) return '';
  const actor = { kind: 'plugin', id: 'routing' } as const;
  const asked = await app.hooks.collect('portal.promises', { ticketIds: [ticketId], isNew: true, actor });
  const now = app.now().toISOString();
  const [by] = asked.flatMap(({ answer }) => (answer.by > now ? [answer.by] : [])).toSorted();
  if (by === undefined) return '';
  const { language, timeZone } = app.company;
  const time = formatFullTime(by, { language, timeZone });
  // In the middle of a sentence Russian writes days small.
  const said = language === 'ru' ? `${time.slice(0, 1).toLowerCase()}${time.slice(1)}` : time;
  return app.t(language, 'routing.acknowledge.promise', { time: said });
}

/** A place that was filled with nothing leaves no gap. */
const tidy = (text: string) =>
  text
    .replaceAll(/(\S) {2,}(?=\S)/g, '$1 ')
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

/**
 * Customers write names and subjects as they like, and whoever forges a sender decides who gets our answer: nothing that
 * could be a link or an address is repeated by a machine.
 */
export function plainWords(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > most || /[@/\\<>[\]()`*_]|\bwww\.|\.\p{L}{2,}/iu.test(line) ? '' : line;
}

import { agentNames, findContact, type HostApp, type TicketRecord } from '@helpdesk/core';

const place = /\{\{\s*([a-z]+\.[a-z]+)\s*\}\}/gi;

/** Fills the places of a saved reply. @returns the text, or the first place that nothing is known for */
export async function fillTemplate(
  app: HostApp,
  ticket: TicketRecord,
  text: string,
): Promise<{ text: string } | { missing: string }> {
  const [contact, names] = await Promise.all([findContact(app.db, ticket.contactId), agentNames(app.db)]);
  const owner = ticket.assigneeId === null ? undefined : names.get(ticket.assigneeId)?.name;
  const values: Readonly<Record<string, string | undefined>> = {
    'contact.name': plainWords(contact.name, 100),
    'ticket.number': String(ticket.number),
    'ticket.subject': plainWords(ticket.subject, 200),
    'company.name': app.company.name,
    'agent.name': owner,
  };
  let missing: string | undefined;
  const filled = text.replaceAll(place, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) missing ??= whole;
    return value ?? whole;
  });
  return missing === undefined ? { text: filled } : { missing };
}

/**
 * Customers write names and subjects as they like, and whoever forges a sender decides who gets our answer: nothing that
 * could be a link or an address is repeated by a machine.
 */
function plainWords(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > most || /[@/\\<>[\]()`*_]|\bwww\.|\.\p{L}{2,}/iu.test(line) ? '' : line;
}

import { parseJson, type Change } from '@helpdesk/core';
import type { Knex } from 'knex';

/** One message in the window, as the browser is told of it. */
export interface Line {
  readonly number: number;
  readonly kind: 'in' | 'out';
  readonly id: string | null;
  readonly author: string | null;
  readonly text: string;
  readonly buttons: readonly string[];
  readonly at: string;
}

interface NewLine {
  readonly visitorId: number;
  readonly kind: Line['kind'];
  readonly text: string;
  readonly clientId?: string;
  readonly messageId?: number;
  readonly ticketId?: number;
  readonly author?: string | null;
  readonly buttons?: readonly string[];
}

/** Puts a line at the end of a visitor's conversation; one that is there already keeps its place. @returns its number */
export async function addLine(
  { trx, at }: Change,
  { visitorId, buttons = [], ...line }: NewLine,
): Promise<number> {
  const own =
    line.messageId === undefined ? { clientId: line.clientId ?? null } : { messageId: line.messageId };
  // First, so that two that come at once wait for each other and are numbered as they commit.
  const [counted] = await trx('web_chat_visitors')
    .where({ id: visitorId })
    .update({ lastLine: trx.raw('last_line + 1') })
    .returning<{ lastLine: number }[]>('lastLine');
  const number = counted?.lastLine ?? 1;
  const known: { number: number } | undefined = await trx('web_chat_lines')
    .where({ visitorId, ...own })
    .first('number');
  if (known) {
    await trx('web_chat_visitors')
      .where({ id: visitorId })
      .update({ lastLine: number - 1 });
    return known.number;
  }
  await trx('web_chat_lines').insert({ visitorId, number, at, buttons: JSON.stringify(buttons), ...line });
  return number;
}

/** The number of a message of the visitor that is kept already. */
export async function findOwnLine(
  db: Knex,
  own: { visitorId: number; clientId: string },
): Promise<number | undefined> {
  const line: { number: number } | undefined = await db('web_chat_lines').where(own).first('number');
  return line?.number;
}

/** The newest lines after a number, oldest first. */
export async function listLines(
  db: Knex,
  { visitorId, after, most = 200 }: { visitorId: number; after: number; most?: number },
): Promise<Line[]> {
  const rows: (Omit<Line, 'buttons' | 'id'> & { clientId: string | null; buttons: string })[] = await db(
    'web_chat_lines',
  )
    .where({ visitorId })
    .where('number', '>', after)
    .orderBy('number', 'desc')
    .limit(most)
    .select('number', 'kind', 'clientId', 'author', 'text', 'buttons', 'at');
  return rows.toReversed().map(({ clientId, buttons, ...line }) => ({
    ...line,
    id: clientId,
    buttons: parseJson<string[]>(buttons, []),
  }));
}

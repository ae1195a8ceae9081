import { parseJson, type Change } from '@helpdesk/core';
import type { FileLinks } from '../files/give-file.js';
import type { KeptFile } from '../files/kept-file.js';
import type { Knex } from 'knex';

/** One message in the window, as the browser is told of it. */
export interface Line {
  readonly number: number;
  readonly kind: 'in' | 'out';
  readonly id: string | null;
  readonly author: string | null;
  readonly text: string;
  readonly buttons: readonly string[];
  readonly files: readonly LineFile[];
  readonly at: string;
}

export interface LineFile {
  readonly name: string;
  readonly size: number;
  /** By its bytes one that the window may draw. */
  readonly isPicture: boolean;
  /** Below the plugin's own inbound address. */
  readonly path: string;
}

const PICTURE = /^image\/(png|jpeg|gif|webp)$/;

interface NewLine {
  readonly visitorId: number;
  readonly kind: Line['kind'];
  readonly text: string;
  readonly clientId?: string;
  readonly messageId?: number;
  readonly ticketId?: number;
  readonly author?: string | null;
  readonly buttons?: readonly string[];
  readonly files?: readonly KeptFile[];
}

/** Puts a line at the end of a visitor's conversation; one that is there already keeps its place. @returns its number */
export async function addLine(
  { trx, at }: Change,
  { visitorId, buttons = [], files = [], ...line }: NewLine,
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
  const lists = { buttons: JSON.stringify(buttons), files: JSON.stringify(files) };
  await trx('web_chat_lines').insert({ visitorId, number, at, ...lists, ...line });
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

type LineRow = Omit<Line, 'buttons' | 'files' | 'id'> & {
  id: number;
  clientId: string | null;
  buttons: string;
  files: string;
};

/** The newest lines after a number, oldest first. */
export async function listLines(
  db: Knex,
  {
    visitorId,
    after,
    links,
    most = 200,
  }: { visitorId: number; after: number; links: Pick<FileLinks, 'pathTo'>; most?: number },
): Promise<Line[]> {
  const rows: LineRow[] = await db('web_chat_lines')
    .where({ visitorId })
    .where('number', '>', after)
    .orderBy('number', 'desc')
    .limit(most)
    .select('id', 'number', 'kind', 'clientId', 'author', 'text', 'buttons', 'files', 'at');
  return rows.toReversed().map(({ id, clientId, buttons, files, ...line }) => ({
    ...line,
    id: clientId,
    buttons: parseJson<string[]>(buttons, []),
    files: parseJson<KeptFile[]>(files, []).map(({ filename, size, contentType }, at) => ({
      name: filename,
      size,
      isPicture: PICTURE.test(contentType),
      path: links.pathTo({ line: id, at, filename }),
    })),
  }));
}

import { Readable } from 'node:stream';
import {
  beginImport,
  CsvFault,
  csvSubjects,
  isError,
  listImports,
  type CsvImport,
  type DeskContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { queryId } from '../../admin/path-id.js';

const SIZE = 20;
/** A form's files are read into memory: larger ones are for the command line. */
const MOST_BYTES = 25 * 1024 * 1024;
const PATH = '/desk/contacts/import';

const schema = z.object({ subject: z.enum(csvSubjects) });

/** Takes a file, and the imports of before. @param problem words */
export async function importsPage(ctx: DeskContext, problem?: string): Promise<void> {
  const before = queryId(ctx, 'before');
  const found = await listImports(ctx.db, { limit: SIZE + 1, ...(before === undefined ? {} : { before }) });
  const rows = found.slice(0, SIZE);
  const last = found.length > SIZE ? rows.at(-1) : undefined;
  const chosen = ctx.query['of'] === 'organizations' ? 'organizations' : 'contacts';
  await ctx.render(
    'desk/contact-imports',
    {
      problem,
      subjects: csvSubjects.map((value) => ({
        value,
        label: ctx.t(`desk.csv.subject.${value}`),
        isChosen: value === chosen,
      })),
      rows: rows.map((row) => presentRow(ctx, row)),
      nextUrl: last ? `${PATH}?before=${last.id}` : null,
    },
    { status: problem === undefined ? 200 : 422 },
  );
}

const tones: Readonly<Record<string, string>> = { done: 'ok', failed: 'danger', stopped: 'warn' };

function presentRow(ctx: DeskContext, { id, fileName, subject, rows, state, createdAt, written }: CsvImport) {
  return {
    href: `${PATH}/${id}`,
    fileName,
    subject: ctx.t(`desk.csv.subject.${subject}`),
    rows,
    state: { text: ctx.t(`desk.csv.state.${state}`), tone: tones[state] },
    createdAt,
    written: written.new + written.changed,
  };
}

/** Keeps the file; what its columns mean is asked on the next page. */
export async function takeFile(ctx: DeskContext): Promise<void> {
  const form = await ctx.readForm(schema);
  if (!form.ok) return importsPage(ctx, ctx.t('desk.csv.noSubject'));
  try {
    const [file] = (await ctx.uploads({ maxBytes: MOST_BYTES, most: 1 })).filter(
      ({ filename }) => filename !== '',
    );
    if (!file) return await importsPage(ctx, ctx.t('desk.csv.noFile'));
    const importId = await beginImport(ctx.app, {
      subject: form.value.subject,
      fileName: file.filename,
      content: Readable.from(inPieces(file.content)),
      actor: ctx.actor,
    });
    ctx.redirect(`${PATH}/${importId}`);
  } catch (error) {
    if (error instanceof CsvFault) return importsPage(ctx, sayFault(ctx, error));
    if (!isError(error, 'TOO_LARGE')) throw error;
    await importsPage(ctx, ctx.t('desk.csv.tooLarge'));
  }
}

const PIECE = 64 * 1024;

function* inPieces(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += PIECE) yield content.subarray(at, at + PIECE);
}

/** Why a file cannot be read, with the row where it began. */
export function sayFault(ctx: DeskContext, { key, line }: CsvFault): string {
  const words = ctx.t(key);
  return line > 0 ? ctx.t('desk.csv.atRow', { line, words }) : words;
}

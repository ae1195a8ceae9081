import { change, errors, type Actor, type App, type Change } from '@helpdesk/core';
import '../kb-hooks.js';
import { noteImages } from '../images/note-images.js';
import { indexText } from '../search/index-text.js';
import type { Language, TextRecord, VersionRecord, Written } from './article.js';

interface OnText {
  articleId: number;
  language: Language;
  agentId: number;
  actor: Actor;
}

export interface PublishText extends OnText {
  expectedVersion: number;
  /** What changed, for colleagues. */
  note: string;
}

/** What stands in the draft is what readers see from now on. @returns the number of the version @throws TICKET_CHANGED */
export async function publishText(app: App, input: PublishText): Promise<number> {
  return change(app, async (work) => {
    const text = await holdText(work, input);
    if (text.version !== input.expectedVersion) throw errors.TICKET_CHANGED();
    return putOut(app, work, { ...input, text, written: text, madeFrom: text.madeFrom, restored: null });
  });
}

/**
 * An old version becomes the newest one. It takes the place of the draft too, so the draft must be the one that was seen.
 * @throws NOT_FOUND, TICKET_CHANGED when somebody saved the draft in the meantime
 */
export async function restoreVersion(
  app: App,
  input: OnText & { number: number; note: string; expectedVersion: number },
): Promise<number> {
  return change(app, async (work) => {
    const text = await holdText(work, input);
    if (text.version !== input.expectedVersion) throw errors.TICKET_CHANGED();
    const old: VersionRecord | undefined = await work
      .trx('kb_versions')
      .where({ textId: text.id, number: input.number })
      .first();
    if (!old) throw errors.NOT_FOUND();
    return putOut(app, work, {
      ...input,
      text,
      written: old,
      madeFrom: old.madeFrom,
      restored: input.number,
    });
  });
}

/** Readers see the text no more; the draft and all versions stay. */
export async function withdrawText(app: App, { articleId, language, actor }: OnText): Promise<void> {
  await change(app, async (work) => {
    const { trx, announce } = work;
    const text = await holdText(work, { articleId, language });
    const before = await publishedOf(work, text);
    if (!before) return;
    await trx('kb_texts')
      .where({ id: text.id })
      .update({ publishedId: null, publishedAt: null, isChanged: 1, version: text.version + 1 });
    await noteImages(trx, { textId: text.id, body: '' });
    await indexText(trx, app.database.engine, { textId: text.id, before, after: null });
    announce('knowledge-base.withdrawn', { articleId, language, actor });
  });
}

async function holdText(
  { trx }: Change,
  { articleId, language }: { articleId: number; language: Language },
): Promise<TextRecord> {
  const text: TextRecord | undefined = await trx('kb_texts')
    .where({ articleId, language })
    .forUpdate()
    .first();
  if (!text) throw errors.NOT_FOUND();
  return text;
}

interface PutOut extends OnText {
  text: TextRecord;
  written: Written;
  madeFrom: number | null;
  restored: number | null;
  note: string;
}

async function putOut(
  app: App,
  work: Change,
  { text, written, madeFrom, restored, note, agentId, actor }: PutOut,
): Promise<number> {
  const { trx, at, announce } = work;
  const { title, summary, body } = written;
  const before = await publishedOf(work, text);
  // Numbers go on after a withdrawal.
  const number = (text.publishedNumber ?? 0) + 1;
  const [made] = await trx('kb_versions')
    .insert({ textId: text.id, number, title, summary, body, madeFrom, note, authorId: agentId, at })
    .returning<{ id: number }[]>('id');
  const isSame = title === text.title && summary === text.summary && body === text.body;
  const published = {
    publishedId: (made as { id: number }).id,
    publishedNumber: number,
    publishedMadeFrom: madeFrom,
    publishedAt: at,
  };
  await trx('kb_texts')
    .where({ id: text.id })
    .update({
      ...published,
      // What was brought back is the draft too: a change that was begun on another version would undo it.
      ...(isSame ? {} : { title, summary, body, madeFrom }),
      isChanged: 0,
      version: text.version + 1,
      editedBy: agentId,
      editedAt: at,
    });
  await noteImages(trx, { textId: text.id, body });
  await indexText(trx, app.database.engine, { textId: text.id, before, after: written });
  const { articleId, language } = text;
  announce('knowledge-base.published', { articleId, language, number, restored, actor });
  return number;
}

async function publishedOf({ trx }: Change, { publishedId }: TextRecord): Promise<Written | null> {
  if (publishedId === null) return null;
  const version: VersionRecord | undefined = await trx('kb_versions').where({ id: publishedId }).first();
  return version ?? null;
}

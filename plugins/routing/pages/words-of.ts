import type { DeskContext } from '@helpdesk/core';
import type { Words } from '../words/describe.js';
import { readNames } from '../words/names.js';

/** What rules are told with on this page. */
export async function wordsOf(ctx: Pick<DeskContext, 'app' | 't' | 'language'>): Promise<Words> {
  const t = (key: string, values?: Readonly<Record<string, unknown>>) => ctx.t(key, values as never);
  return { t, language: ctx.language, names: await readNames(ctx.app, t) };
}

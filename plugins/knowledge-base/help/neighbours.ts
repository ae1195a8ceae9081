import type { HostApp } from '@helpdesk/core';
import { listIdsInCategory, type ArticleText } from './published.js';
import type { Reader } from './reader.js';
import { remember } from './remember.js';

/** Ids of the texts before and after one in its category. What stands there is looked for seldom. */
export async function findNeighbours(
  app: HostApp,
  { textId, categoryId, language }: ArticleText,
  { scope }: Pick<Reader, 'scope'>,
): Promise<{ previous: number | undefined; next: number | undefined }> {
  const ids = await remember(
    app,
    'texts of a category',
    () => listIdsInCategory(app.db, { scope, language, categoryId }),
    `${categoryId} ${language} ${scope.join(' ')}`,
  );
  const at = ids.indexOf(textId);
  return at === -1 ? { previous: undefined, next: undefined } : { previous: ids[at - 1], next: ids[at + 1] };
}

import type { DeskContext } from '@helpdesk/core';
import type { TextRecord } from '../articles/article.js';
import type { TextState } from '../articles/list-articles.js';

type Standing = Pick<TextRecord, 'isChanged' | 'publishedAt'> & { readonly archivedAt: string | null };

function stateOf({ isChanged, publishedAt, archivedAt }: Standing): TextState {
  if (archivedAt !== null) return 'archived';
  if (publishedAt === null) return 'draft';
  return isChanged === 1 ? 'changed' : 'published';
}

const TONES: Readonly<Record<TextState, string | undefined>> = {
  draft: undefined,
  published: 'ok',
  changed: 'warn',
  archived: undefined,
};

/** How far a text is, as a tag. */
export function presentState({ t }: Pick<DeskContext, 't'>, standing: Standing) {
  const state = stateOf(standing);
  return { text: t(`knowledge-base.state.${state}`), tone: TONES[state] };
}

import type { Event, HookKinds } from '@helpdesk/core';
import type { Language } from './articles/article.js';

interface OnText {
  articleId: number;
  language: Language;
}

declare module '@helpdesk/core' {
  interface HookCatalogue {
    /** The draft of a text was saved; readers see nothing of it yet. */
    'knowledge-base.saved': Event<OnText & { version: number }>;
    /** `restored` is the number of the version that was brought back. */
    'knowledge-base.published': Event<OnText & { number: number; restored: number | null }>;
    /** Readers do not see the text any more. */
    'knowledge-base.withdrawn': Event<OnText>;
    'knowledge-base.moved': Event<{ articleId: number; visibility: string; categoryId: number }>;
    'knowledge-base.archived': Event<{ articleId: number; isArchived: boolean }>;
    'knowledge-base.rated': Event<OnText & { number: number; isHelpful: boolean }>;
  }
}

export const kbHooks = {
  'knowledge-base.saved': 'event',
  'knowledge-base.published': 'event',
  'knowledge-base.withdrawn': 'event',
  'knowledge-base.moved': 'event',
  'knowledge-base.archived': 'event',
  'knowledge-base.rated': 'event',
} as const satisfies HookKinds;

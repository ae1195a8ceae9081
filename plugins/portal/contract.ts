import { service, type Collect, type HookKinds } from '@helpdesk/core';

/** Until when a customer was promised an answer. */
export interface PortalPromise {
  readonly ticketId: number;
  /** ISO text; one that is over is not shown. */
  readonly by: string;
}

/** An article that may spare the customer the writing. */
export interface ArticleSuggestion {
  readonly title: string;
  /** A path of this site. */
  readonly url: string;
  /** One sentence, plain text. */
  readonly snippet: string;
}

/** Where the articles are. Provided by whoever keeps them; the portal links and searches there. */
export interface ArticlePages {
  /** The start page of the articles. */
  readonly homeUrl: string;
  /** Answers a search: `?q=`. */
  readonly searchUrl: string;
}
export const articlePages = service<ArticlePages>('article-pages');

interface ToVisitor {
  /** Who looks; null: nobody is signed in. */
  readonly contactId: number | null;
  readonly language: 'ru' | 'en';
}

declare module '@helpdesk/core' {
  interface HookCatalogue {
    /**
     * Asked once a page, only about tickets that the visitor may see. The earliest promise of a ticket is shown. `isNew`:
     * of tickets that were opened this moment, of which nobody who follows the log may have heard yet.
     */
    'portal.promises': Collect<{ ticketIds: readonly number[]; isNew?: boolean }, PortalPromise>;
    /** Asked while a customer writes a request; answers only what this visitor may read, best first. Three are shown. */
    'article.suggestions': Collect<ToVisitor & { text: string }, ArticleSuggestion>;
    /**
     * Asked once, when a new request was taken in: what the fields of the slot `portal.request.fields` sent. Theirs are the
     * names with a dot, `<plugin>.<field>`; each plugin checks and keeps its own, and answers nothing.
     */
    'portal.fields': Collect<
      { ticketId: number; contactId: number; fields: Readonly<Record<string, string>> },
      never
    >;
  }
  interface PanelPlaces {
    /** The customer's start page, below the requests; also before signing in. */
    'portal.home': { contactId: number | null };
    /** One request of a customer who may see it. */
    'portal.request': { ticketId: number; contactId: number };
    /** The form of a new request. */
    'portal.request.fields': { contactId: number };
  }
}

/**
 * The hooks of the portal. A plugin that taps one names them too, `hooks: { ...portalHooks }`, so that it is whole
 * where the portal is switched off.
 */
export const portalHooks = {
  'portal.promises': 'collect',
  'article.suggestions': 'collect',
  'portal.fields': 'collect',
} as const satisfies HookKinds;

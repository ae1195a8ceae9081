import type { Views } from './create-views.js';
import { printPlainErrorPage } from './plain-error-page.js';
import type { RenderContext } from './render-context.js';

export interface ErrorPage {
  /** HTTP status; chooses the words. */
  readonly status: number;
  /** Code for the administrator's log; shown for faults of ours. */
  readonly reference?: string;
  /** Words in place of the usual ones, when the visitor may read them. */
  readonly title?: string;
  readonly text?: string;
  /** Where “back” leads; `/`. */
  readonly home?: string;
}

/** The page for an error. When the theme itself is broken, a plain page says the same; it never throws. */
export async function renderErrorPage(
  views: Views | undefined,
  page: ErrorPage,
  context: RenderContext,
  onFailure?: (error: unknown) => void,
): Promise<string> {
  const words = wordsFor(page.status);
  const data = {
    status: page.status,
    reference: page.reference,
    title: page.title,
    text: page.text,
    home: page.home ?? '/',
    titleKey: `core.error.${words}.title`,
    textKey: `core.error.${words}.text`,
    isFault: page.status >= 500,
    retry: context.url,
  };
  try {
    if (views !== undefined) return await views.render('core/error', data, context);
  } catch (error) {
    onFailure?.(error);
  }
  return printPlainErrorPage({ ...page, language: context.language });
}

function wordsFor(status: number): string {
  const known: Record<number, string> = {
    401: 'forbidden',
    403: 'forbidden',
    404: 'missing',
    409: 'conflict',
    410: 'missing',
    412: 'conflict',
    413: 'large',
    419: 'expired',
    429: 'busy',
  };
  return known[status] ?? (status >= 500 ? 'fault' : 'request');
}

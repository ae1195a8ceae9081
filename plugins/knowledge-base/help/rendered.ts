import { safeHtml, type HostApp, type SafeHtml } from '@helpdesk/core';
import type { Language } from '../articles/article.js';
import { renderArticle, type Heading } from '../words/render-article.js';

interface Shown {
  readonly html: SafeHtml;
  readonly headings: readonly Heading[];
}

// A published version never changes: what it looks like is reckoned once.
const known = new WeakMap<HostApp, Map<number, Shown>>();
const KNOWN_MOST = 300;

/** A published version as HTML. */
export function renderVersion(
  app: HostApp,
  { versionId, body, language }: { versionId: number; body: string; language: Language },
): Shown {
  const ofApp = known.get(app) ?? new Map<number, Shown>();
  known.set(app, ofApp);
  const before = ofApp.get(versionId);
  if (before) return before;
  const { html, headings } = renderArticle(app, { body, t: (key) => app.t(language, key) });
  const shown = { html: safeHtml(html), headings };
  if (ofApp.size >= KNOWN_MOST) ofApp.delete(ofApp.keys().next().value ?? 0);
  ofApp.set(versionId, shown);
  return shown;
}

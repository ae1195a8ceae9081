import type { HostApp } from '@helpdesk/core';

const KEPT_MS = 30_000;
const MOST = 200;
interface Kept {
  readonly until: number;
  readonly answer: Promise<unknown>;
}
const known = new WeakMap<HostApp, Map<string, Kept>>();

/**
 * Numbers and ids that would be counted anew for every reader, kept for half a minute. Never words: what somebody may
 * read is asked of the database each time.
 */
export function remember<T>(app: HostApp, what: string, read: () => Promise<T>, key = ''): Promise<T> {
  const ofApp = known.get(app) ?? new Map<string, Kept>();
  known.set(app, ofApp);
  const name = `${what} ${key}`;
  const now = app.now().getTime();
  const kept = ofApp.get(name);
  // What is kept under a name was read by the same question.
  if (kept && kept.until > now && kept.until <= now + KEPT_MS) return kept.answer as Promise<T>;
  const answer = read();
  if (ofApp.size >= MOST) ofApp.clear();
  ofApp.set(name, { until: now + KEPT_MS, answer });
  answer.catch(() => ofApp.delete(name));
  return answer;
}

/** After a change by this process the next reader sees it at once. */
export const forget = (app: HostApp): void => void known.delete(app);

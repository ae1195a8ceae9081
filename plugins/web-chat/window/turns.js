// Tabs of one browser take turns: one of them asks for news, one at a time sends.
import { isShared, own } from './keep.js';

const turns = new Map();

export function inTurn(name, work) {
  if (navigator.locks && isShared) return navigator.locks.request(own(name), work);
  const next = (turns.get(name) ?? Promise.resolve()).then(work, work);
  turns.set(name, next);
  return next;
}

export const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(own('tabs'));

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
export const tellTabs = (news) => tabs?.postMessage(news);

// What this page knows of the conversation.
import { outbox, store } from './keep.js';

export const TEXT_MOST = 4000;

export const state = {
  site: undefined,
  texts: {},
  lines: new Map(),
  sent: new Map(),
  email: undefined,
  trouble: '',
  skew: 0,
  isOpen: false,
  asksMail: false,
  // Chosen for the next message, and whether that goes as soon as they have arrived.
  files: [],
  isDue: false,
  // The team writes an answer.
  isTyping: false,
};

export const lastNumber = () => Math.max(0, ...state.lines.keys());

export const seen = () => store.get('seen') ?? 0;

export const unread = () =>
  [...state.lines.values()].filter(({ kind, number }) => kind === 'out' && number > seen()).length;

/** The desk's words, with values in them. */
export const say = (name, values = {}) =>
  (state.texts[name] ?? '').replace(/\{(\w+)\}/g, (all, value) => values[value] ?? all);

export const sizeOf = (bytes) => {
  const isLarge = bytes >= 1024 * 1024;
  const size = bytes / (isLarge ? 1024 * 1024 : 1024);
  const style = {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: isLarge ? 1 : 0,
  };
  return Math.max(size, isLarge ? 0 : 1).toLocaleString(state.site.language, style);
};

const STALE_MS = 14 * 24 * 3600 * 1000;
/** Nothing was said for so long that no page asks for news by itself any more. */
export function isStale() {
  const last = state.lines.get(lastNumber());
  return !state.isOpen && last !== undefined && Date.now() + state.skew - Date.parse(last.at) > STALE_MS;
}

export const hasWritten = () => state.sent.size > 0 || outbox().length > 0 || state.lines.size > 0;

export const needsMail = () =>
  !state.email && (!state.site.isOpen || (state.site.asksEmail && !hasWritten()));

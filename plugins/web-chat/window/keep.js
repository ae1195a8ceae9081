// What this browser keeps: who it is, what is not sent yet, what was seen. Where it may keep nothing, this page does.
import { key } from './tag.js';

export const own = (name) => `helpdesk-chat:${key}:${name}`;

function findPlace() {
  try {
    localStorage.setItem(own('test'), '1');
    localStorage.removeItem(own('test'));
    return localStorage;
  } catch {
    const memory = new Map();
    return {
      getItem: (name) => memory.get(name) ?? null,
      setItem: (name, value) => memory.set(name, value),
      removeItem: (name) => memory.delete(name),
      names: () => [...memory.keys()],
    };
  }
}
const place = findPlace();
/** Whether other tabs see it too. */
export const isShared = !place.names;

export const store = {
  get(name) {
    try {
      return JSON.parse(place.getItem(own(name))) ?? undefined;
    } catch {
      return undefined;
    }
  },
  set: (name, value) => place.setItem(own(name), JSON.stringify(value)),
  remove: (name) => place.removeItem(own(name)),
  names: () =>
    (place.names?.() ?? Object.keys(place))
      .filter((name) => name.startsWith(own('')))
      .map((name) => name.slice(own('').length)),
};

export const hex = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');

/** Who this browser is to the desk: a name, and what only it can know. */
export function me() {
  const known = store.get('me');
  if (known) return known;
  const made = { visitor: hex(), token: hex() };
  store.set('me', made);
  return made;
}

/** What is not sent yet, oldest first. */
export const outbox = () =>
  store
    .names()
    .filter((name) => name.startsWith('out:'))
    .map((name) => store.get(name))
    .filter(Boolean)
    .toSorted((a, b) => a.at - b.at);

import { backOff, call, pause } from './call.js';
import { draw } from './draw.js';
import { el } from './frame.js';
import { me, outbox, store } from './keep.js';
import { isStale, lastNumber, seen, state } from './state.js';
import { sign, user } from './tag.js';
import { inTurn, tellTabs } from './turns.js';

/** Adds lines to the conversation; what other tabs told is not told again. */
export function take({ lines = [], email, now, isTyping = false }, { tell = true } = {}) {
  const isNews = lines.some(({ number }) => !state.lines.has(number));
  for (const line of lines) {
    state.lines.set(line.number, line);
    state.sent.delete(line.id);
  }
  if (email) state.email = email;
  if (now) state.skew = Date.parse(now) - Date.now();
  const isChanged = state.isTyping !== isTyping;
  state.isTyping = isTyping;
  if ((isNews || isChanged) && tell) tellTabs({ lines, email, now, isTyping });
  if (isNews || isChanged || email) draw();
}

/** Asks for what is new, and says what has arrived and what was on the screen. */
export async function ask(wait) {
  const { visitor, token } = store.get('me');
  const news = await call(`${visitor}/news`, {
    token,
    after: lastNumber(),
    seen: seen(),
    isTyping: state.isTyping,
    wait,
  });
  if (news.status === 200) take(news);
  return news;
}

const TYPING_MS = 4000;
let typedAt = 0;

/** Tells the team, now and then, that there is somebody who writes. */
export function tellTyping() {
  if (!state.lines.size || Date.now() - typedAt < TYPING_MS) return;
  typedAt = Date.now();
  const { visitor, token } = me();
  void call(`${visitor}/typing`, { token });
}

/** Ends a pause of `watch`: there is something to ask for. */
export let wakeWatch = () => {};

/** Goes on for ever: asks again as soon as there was an answer. */
export async function watch() {
  let tries = 0;
  for (;;) {
    if (!store.get('me') || isStale()) {
      await new Promise((resolve) => (wakeWatch = resolve));
      continue;
    }
    const { status, seconds } = await ask(true);
    tries = status === 200 ? 0 : tries + 1;
    if (status === 429) await pause(1000 * (seconds ?? 5));
    // Nothing was ever written under this name, or the desk has forgotten it.
    else if (status === 404)
      await Promise.race([
        pause(Math.min(60000, 2500 * 2 ** tries)),
        new Promise((resolve) => (wakeWatch = resolve)),
      ]);
    else if (status !== 200) await backOff(tries);
  }
}

async function sendAll() {
  let tries = 0;
  let [next] = outbox();
  while (next) {
    const { visitor, token } = me();
    const { id, text, name, email, page, files = [] } = next;
    const about = { name, email, language: state.site?.language, page, user, sign };
    const { status, seconds, fields } = await call(`${visitor}/send`, {
      token,
      id,
      text,
      files: files.map(({ seal }) => seal),
      ...about,
    });
    if (status === 200) {
      state.sent.set(id, next);
      store.remove(`out:${id}`);
      tellTabs({ removed: id });
      wakeWatch();
      if (email) state.email = email;
      trouble('');
      void ask(false);
      tries = 0;
    } else if (status === 422 || status === 413) {
      store.remove(`out:${id}`);
      if (!el.text.value) el.text.value = text;
      refuse(fields);
    } else if (status === 404) {
      forgetMe();
    } else {
      trouble(status === 429 ? 'busy' : 'waiting');
      if (status === 429) await pause(1000 * (seconds ?? 5));
      else await backOff(tries++);
    }
    [next] = outbox();
  }
  draw();
}

/** The desk knows another browser by this name, or has put the conversation away: a new one, as on the first visit. */
export function forgetMe() {
  for (const one of ['me', 'seen']) store.remove(one);
  state.lines.clear();
}

function refuse(fields = []) {
  trouble(fields.includes('email') ? 'emailWrong' : fields.includes('files') ? 'filesLost' : 'refused');
  if (!fields.includes('email')) return;
  state.email = undefined;
  store.remove('email');
}

export const send = () => inTurn('send', sendAll);

export function trouble(name) {
  if (state.trouble === name) return;
  state.trouble = name;
  draw();
}

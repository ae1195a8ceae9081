import { backOff, call } from './call.js';
import { draw } from './draw.js';
import { build, el } from './frame.js';
import { own, store } from './keep.js';
import { state } from './state.js';
import { key, language } from './tag.js';
import { ask, send, take, watch } from './talk.js';
import { inTurn, tabs } from './turns.js';
import { listen } from './use.js';

tabs?.addEventListener('message', ({ data }) => {
  if (data.lines) take(data, { tell: false });
  if (data.removed) store.remove(`out:${data.removed}`);
  if (data.seen || data.written || data.removed) draw();
});

const TRIES_MOST = 8;

async function begin() {
  for (let tries = 0; !state.site; tries += 1) {
    const site = await call('hello', { language });
    // Also what a site gets that is not allowed: the browser hides the answer.
    if (site.status === 404 || tries > TRIES_MOST) return;
    if (site.status === 200) {
      state.site = site;
      state.texts = site.texts;
    } else await backOff(tries + 1);
  }
  state.email = store.get('email');
  build();
  listen();
  el.text.value = store.get('draft') ?? '';
  draw();
  if (store.get('me')) void ask(false);
  void inTurn('news', watch);
  void send();
  setInterval(draw, 30000);
}

// A page that carries the tag twice has one window.
const mark = Symbol.for(own('window'));
const isFirst = key && !(mark in globalThis);
globalThis[mark] = true;
if (isFirst && document.body) void begin();
else if (isFirst) document.addEventListener('DOMContentLoaded', () => void begin());

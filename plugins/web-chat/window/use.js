import { attach, drawChosen } from './attach.js';
import { call } from './call.js';
import { draw } from './draw.js';
import { el } from './frame.js';
import { hex, outbox, store } from './keep.js';
import { TEXT_MOST, lastNumber, needsMail, say, state, unread } from './state.js';
import { ask, send, tellTyping, trouble, wakeWatch } from './talk.js';
import { tellTabs } from './turns.js';

export function listen() {
  el.button.addEventListener('click', () => (state.isOpen ? close() : open()));
  el.close.addEventListener('click', close);
  el.box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.stopPropagation();
    close();
  });
  el.text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    el.form.requestSubmit();
  });
  el.clip.addEventListener('click', () => el.file.click());
  el.file.addEventListener('change', () => {
    attach([...el.file.files], sendWhenDue);
    el.file.value = '';
    el.text.focus();
  });
  el.text.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    attach(files, sendWhenDue);
  });
  el.text.addEventListener('input', () => {
    store.set('draft', el.text.value);
    if (el.text.value) tellTyping();
  });
  el.form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  el.leave.addEventListener('click', () => {
    state.asksMail = true;
    draw();
    el.mail.focus();
  });
  el.mailForm.addEventListener('submit', (event) => {
    event.preventDefault();
    void leaveMail();
  });
  document.addEventListener('visibilitychange', look);
  addEventListener('online', () => void send());
}

function open() {
  state.isOpen = true;
  draw();
  el.text.focus();
  el.log.scrollTop = el.log.scrollHeight;
  if (store.get('me')) void ask(false);
  wakeWatch();
  look();
}

function close() {
  state.isOpen = false;
  draw();
  el.button.focus();
}

/** What is on the screen now has been seen. */
export function look() {
  if (!state.isOpen || document.visibilityState !== 'visible' || unread() === 0) return;
  store.set('seen', lastNumber());
  tellTabs({ seen: lastNumber() });
  draw();
  void ask(false);
}

const isAddress = (text) => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);

function submit() {
  const text = el.text.value.trim();
  const email = el.email.value.trim();
  if (text === '' && state.files.length === 0) return el.text.focus();
  if (text.length > TEXT_MOST) return wrong('tooLong', el.text);
  if ((needsMail() || email) && !el.emailField.hidden && !isAddress(email))
    return wrong('emailWrong', el.email);
  state.isDue = state.files.some(({ seal }) => !seal);
  wrong(state.isDue ? 'fileWait' : '');
  if (state.isDue) return;
  const files = state.files.map(({ name, size, seal }) => ({ name, size, seal }));
  write(text, {
    ...(files.length > 0 ? { files } : {}),
    name: el.name.value.trim() || undefined,
    email: email || store.get('email') || undefined,
  });
  state.files = [];
  drawChosen();
  el.text.value = '';
  store.remove('draft');
  el.text.focus();
}

function sendWhenDue() {
  if (state.isDue && state.files.every(({ seal }) => seal)) submit();
}

export function write(text, about = {}) {
  const id = hex();
  const at = Math.max(Date.now(), ...outbox().map((one) => one.at + 1));
  store.set(`out:${id}`, { id, text, at, page: location.origin + location.pathname, ...about });
  if (about.email) state.email = about.email;
  tellTabs({ written: id });
  draw();
  void send();
}

function wrong(name, field) {
  el.wrong.textContent = name ? say(name) : '';
  for (const one of [el.text, el.email]) one.toggleAttribute('aria-invalid', false);
  field?.setAttribute('aria-invalid', 'true');
  field?.focus();
}

async function leaveMail() {
  const email = el.mail.value.trim();
  el.mailWrong.textContent = isAddress(email) ? '' : say('emailWrong');
  if (!isAddress(email)) return el.mail.focus();
  const known = store.get('me');
  // Before the first message there is nobody to keep it for: it goes along with that.
  if (!known) store.set('email', email);
  const { status } = known
    ? await call(`${known.visitor}/about`, { token: known.token, email })
    : { status: 200 };
  if (status === 422) el.mailWrong.textContent = say('emailWrong');
  else if (status !== 200) trouble(status === 429 ? 'busy' : 'waiting');
  if (status !== 200) return;
  state.email = email;
  state.asksMail = false;
  draw();
  el.text.focus();
}

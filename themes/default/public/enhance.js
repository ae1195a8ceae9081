/* The optional layer: every page works without it. No dependencies, no inline code, nothing is evaluated. */
const { body, documentElement: root } = document;
const one = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const editor = () => one('#comp');

// The menu of the settings lies in one row on a phone: what is open stands in its middle.
one('.admin-nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

// Menus: a click elsewhere or Escape closes them; Escape gives the focus back.
addEventListener('click', (event) => {
  for (const menu of all('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
});
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const menu = all('details.menu[open]').pop();
  const active = document.activeElement;
  if (menu) {
    menu.open = false;
    one('summary', menu)?.focus();
  } else if (active?.matches('textarea, input')) active.blur();
});

// Shortcuts: the letter that was produced first (Dvorak), else the physical key (Cyrillic). Never Alt, never in fields.
const letterOf = (event) => {
  if (/^[a-z?/]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.code === 'Slash' && /^[.,]$/.test(event.key)) return event.shiftKey ? '?' : '/';
  return /^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : '';
};
const isTyping = (target) =>
  target.closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');
const current = () => one('.tk.is-cursor');
const move = (step) => {
  const rows = all('.tk');
  const next = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(current()) + step))];
  if (!next) return false;
  current()?.classList.remove('is-cursor');
  next.classList.add('is-cursor');
  one('.tk-link', next).focus();
  return true;
};
const write = (...choices) => {
  const form = editor();
  if (!form) return;
  const radio = choices.map((choice) => one(choice, form)).find(Boolean);
  if (radio) radio.checked = true;
  const text = one('#body');
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
};
const press = (key) => {
  const target = all(`[data-key="${key}"]`).find(
    (element) => element.checkVisibility?.() ?? element.offsetParent,
  );
  target?.click();
  return Boolean(target);
};
const actions = {
  '/': () => one('#q')?.focus(),
  '?': () => one('#keys')?.showPopover?.(),
  j: () => move(1) || press('j'),
  k: () => move(-1) || press('k'),
  x: () => current() && one('input', current()).click(),
  r: () => write('[data-via]:checked:not(#ch-note)', '[data-via="1"]'),
  n: () => write('#ch-note'),
  u: () => one('.crumb')?.click(),
};
if (body.dataset.shortcuts !== 'off') {
  addEventListener('keydown', (event) => {
    const { target } = event;
    if (
      (event.ctrlKey || event.metaKey) &&
      event.key === 'Enter' &&
      target.form &&
      target.matches('textarea')
    ) {
      event.preventDefault();
      target.form.requestSubmit(one('.btn-primary[type=submit]', target.form));
      return;
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(target) || one('.modal:popover-open')) return;
    const letter = letterOf(event);
    if (!letter) return;
    if (actions[letter]) {
      event.preventDefault();
      actions[letter]();
    } else if (press(letter)) event.preventDefault();
  });
}

// The theme changes at once; the form tells the server, whose cookie decides from then on.
addEventListener('submit', (event) => {
  const form = event.target;
  const { name, value } = event.submitter ?? {};
  if (name !== 'theme' || !form.matches('.theme')) return;
  event.preventDefault();
  if (value === 'auto') root.removeAttribute('data-theme');
  else root.dataset.theme = value;
  for (const button of all('button[name=theme]', form))
    button.setAttribute('aria-pressed', button.value === value);
  void fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form, event.submitter)) });
});

// A second click on the same form is not a second order. aria-disabled keeps the button's value in the form.
const free = (form) => {
  delete form.dataset.sent;
  for (const button of all('[aria-disabled=true]', form)) button.removeAttribute('aria-disabled');
};
addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = '1';
  event.submitter?.setAttribute('aria-disabled', 'true');
  setTimeout(free, 10_000, form);
});
addEventListener('pageshow', (event) => event.persisted && all('form[data-sent]').forEach(free));

// The toast counts down and leaves; while the pointer or the focus is on it, it stays.
const startToast = (toast) => {
  let left = Number(toast.dataset.seconds) || 8;
  const counts = Boolean(toast.dataset.seconds);
  const tick = setInterval(() => {
    if (!counts && toast.matches(':hover, :focus-within')) return;
    left -= 1;
    const label = one('[data-left]', toast);
    if (label) label.textContent = left > 0 ? `· ${left}` : '';
    if (left > 0) return;
    clearInterval(tick);
    toast.remove();
  }, 1000);
};
all('[data-toast]').forEach(startToast);

// Drafts live on the server; the browser's copy is there for a lost connection.
const keepDrafts = (form) => {
  const url = form.dataset.draftUrl;
  const text = one('textarea', form);
  const state = one('[data-draft-state]', form);
  const key = `draft ${url}`;
  let timer;
  // Files are not kept before the message is sent; everything else is.
  const typed = () => {
    const fields = new URLSearchParams();
    for (const [name, field] of new FormData(form))
      if (typeof field === 'string' && name !== '_once') fields.append(name, field);
    return fields.toString();
  };
  let saved = typed();
  let isSent = false;
  const save = async () => {
    clearTimeout(timer);
    const fields = typed();
    if (isSent || fields === saved) return;
    const { value } = text;
    try {
      const answer = await fetch(url, {
        method: 'POST',
        body: new URLSearchParams(fields),
        keepalive: fields.length < 60_000,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      saved = fields;
      sessionStorage.removeItem(key);
      const time = new Date().toLocaleTimeString(root.lang, {
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      });
      state.textContent = form.dataset.saved.replace('{time}', time);
    } catch {
      sessionStorage.setItem(key, value);
      state.textContent = form.dataset.kept;
      timer = setTimeout(save, 15_000);
    }
  };
  const kept = sessionStorage.getItem(key);
  if (kept && !text.value) {
    text.value = kept;
    void save();
  }
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(save, 2000);
  });
  text.addEventListener('blur', () => void save());
  addEventListener('pagehide', () => void save());
  document.addEventListener('visibilitychange', () => void (document.hidden && save()));
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    isSent = true;
    sessionStorage.removeItem(key);
  });
};
all('form[data-draft-url]').forEach(keepDrafts);

// The editor grows with its text where the browser cannot do it itself.
if (!CSS.supports('field-sizing', 'content')) {
  addEventListener('input', ({ target }) => {
    if (!target.matches('.comp-text, .textarea')) return;
    target.style.blockSize = 'auto';
    target.style.blockSize = `${Math.min(target.scrollHeight + 2, innerHeight * 0.4)}px`;
  });
}

// Chosen files are listed above the buttons.
addEventListener('change', ({ target }) => {
  if (!target.matches('.attach input[type=file]')) return;
  const list = one('[data-files]', target.form);
  for (const old of all('[data-new]', list)) old.remove();
  for (const file of target.files) {
    const item = document.createElement('span');
    item.className = 'file';
    item.dataset.new = '';
    item.textContent = file.name;
    list.append(item);
  }
});

// A frame with an HTML message is as high as its content. Its scripts never run, so it is measured from here.
const fit = (frame) => {
  const height = frame.contentDocument?.documentElement?.getBoundingClientRect().height;
  if (height) frame.style.blockSize = `${Math.min(Math.ceil(height) + 24, 6000)}px`;
};
document.addEventListener('load', ({ target }) => target.matches?.('.msg-frame') && fit(target), true);
all('.msg-frame').forEach(fit);

// Live updates. One connection per browser: the tab that holds the lock listens and tells the others.
const fragment = async (url, options) => {
  const answer = await fetch(url, { headers: { 'X-Fragment': '1' }, ...options });
  if (!answer.ok || answer.status === 204) return undefined;
  const holder = document.createElement('template');
  holder.innerHTML = await answer.text();
  return holder.content;
};
const isBusy = (element) =>
  element.matches(':hover, :focus-within, .is-cursor') ||
  one('.tk-sel :checked', element) ||
  one('details.menu[open]', element);
const waiting = new Map();
const swap = (old, fresh) => {
  if (!isBusy(old)) {
    waiting.delete(old.id);
    old.replaceWith(fresh);
    return;
  }
  waiting.set(old.id, fresh);
};
setInterval(() => {
  for (const [id, fresh] of waiting) {
    const old = document.getElementById(id);
    if (old) swap(old, fresh);
    else waiting.delete(id);
  }
}, 1500);

const raisePill = () => {
  const pill = one('#newpill');
  if (!pill) return;
  const count = Number(pill.dataset.count ?? 0) + 1;
  pill.dataset.count = count;
  const label = one('[data-text]', pill);
  label.textContent = count === 1 ? pill.dataset.one : `${pill.dataset.some} · ${count}`;
  pill.hidden = false;
};
const seen = new Set();
const onTicket = async ({ id }) => {
  const list = one('[data-row-url]');
  if (!list) return;
  const found = await fragment(list.dataset.rowUrl.replace('{id}', encodeURIComponent(id)));
  const fresh = found?.firstElementChild;
  const old = document.getElementById(`tk-${id}`);
  if (old && fresh) swap(old, fresh);
  else if (fresh && !seen.has(id)) {
    seen.add(id);
    raisePill();
  }
};
const onTimeline = async ({ ticketId, id }) => {
  const page = one(`[data-ticket="${CSS.escape(ticketId)}"]`);
  if (!page?.dataset.eventUrl) return;
  const found = await fragment(page.dataset.eventUrl.replace('{id}', encodeURIComponent(id)));
  const fresh = found?.firstElementChild;
  if (!fresh) return;
  const old = document.getElementById(fresh.id);
  if (old) swap(old, fresh);
  else one('.tl', page)?.append(fresh);
};
const showPresence = (found) => {
  for (const id of ['viewers', 'collide']) {
    const fresh = found?.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(fresh);
  }
};
const onPresence = async ({ ticketId }) => {
  const page = one(`[data-ticket="${CSS.escape(ticketId)}"]`);
  if (page?.dataset.presenceUrl) showPresence(await fragment(page.dataset.presenceUrl));
};
const onCounts = (counts) => {
  for (const [key, count] of Object.entries(counts)) {
    const badge = one(`[data-nav="${CSS.escape(key)}"] .n`);
    if (badge) badge.textContent = count || '';
  }
};
const listeners = { ticket: onTicket, timeline: onTimeline, presence: onPresence, counts: onCounts };
const receive = ({ type, detail }) => {
  Promise.resolve(listeners[type]?.(detail)).catch(() => {});
  dispatchEvent(new CustomEvent(`helpdesk:${type}`, { detail }));
};
const showOffline = (isOffline) => {
  const old = one('#offline');
  if (!isOffline) old?.remove();
  else if (!old) {
    const note = document.createElement('div');
    note.id = 'offline';
    note.className = 'toast';
    note.textContent = body.dataset.offline;
    one('#toasts')?.append(note);
  }
};
const listen = (channel) => {
  const source = new EventSource(body.dataset.liveUrl);
  let lost;
  const tell = (message) => {
    receive(message);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has none
    channel?.postMessage(message);
  };
  for (const type of [...Object.keys(listeners), 'call']) {
    source.addEventListener(type, (event) => tell({ type, detail: JSON.parse(event.data) }));
  }
  source.addEventListener('open', () => {
    clearTimeout(lost);
    showOffline(false);
  });
  source.addEventListener('error', () => {
    clearTimeout(lost);
    lost = setTimeout(showOffline, 8000, true);
    // A refused connection is not tried again by the browser: sign-in ran out, or the server restarts.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 15_000, channel);
  });
};
if (body.dataset.liveUrl) {
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('helpdesk-live') : undefined;
  channel?.addEventListener('message', ({ data }) => receive(data));
  if (navigator.locks && channel)
    void navigator.locks.request('helpdesk-live', () => (listen(channel), new Promise(() => {})));
  else listen();
}

// Who looks at this ticket, and who writes. The answer says who else does.
const present = one('[data-presence-url]');
if (present) {
  let typedAt = 0;
  const say = async () => {
    if (document.hidden) return;
    const state = Date.now() - typedAt < 30_000 ? 'replying' : 'viewing';
    const token = one('input[name=_csrf]')?.value ?? '';
    const fields = new URLSearchParams({ state, _csrf: token });
    showPresence(
      await fragment(present.dataset.presenceUrl, { method: 'POST', body: fields }).catch(() => undefined),
    );
  };
  editor()?.addEventListener('input', () => {
    const isFirst = Date.now() - typedAt > 30_000;
    typedAt = Date.now();
    if (isFirst) void say();
  });
  setInterval(say, 25_000);
  void say();
}

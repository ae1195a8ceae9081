// What is answered appears without a reload, while the page is looked at.
const EVERY_MS = 30_000;
const thread = document.querySelector('[data-news-url]');

/** Puts new and changed messages in their places; what is read or chosen in the others stays. */
const exchange = (fresh) => {
  let place = thread.firstElementChild;
  // They move from one list to the other while it is read.
  const items = [...fresh.children];
  for (const item of items) {
    const old = document.getElementById(item.id);
    if (old?.isEqualNode(item)) place = old.nextElementSibling;
    else {
      if (old) old.replaceWith(item);
      else thread.insertBefore(item, place);
      place = item.nextElementSibling;
    }
  }
  thread.dataset.have = fresh.dataset.have;
};

const ask = async () => {
  if (document.hidden) return;
  try {
    const { newsUrl, have } = thread.dataset;
    const url = `${newsUrl}?${new URLSearchParams({ have })}`;
    const answer = await fetch(url, { headers: { 'X-Fragment': '1' } });
    // Signed out, or the request is not theirs any more.
    if (answer.status === 401 || answer.status === 404) clearInterval(timer);
    if (answer.status !== 200) return;
    const holder = document.createElement('template');
    holder.innerHTML = await answer.text();
    const fresh = holder.content.querySelector('#thread');
    if (!fresh) return;
    exchange(fresh);
    document.querySelector('#standing')?.replaceWith(holder.content.querySelector('#standing'));
  } catch {
    // The next time will do.
  }
};

const timer = thread ? setInterval(ask, EVERY_MS) : undefined;
if (thread) document.addEventListener('visibilitychange', ask);

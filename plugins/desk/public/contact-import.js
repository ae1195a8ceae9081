// How far an import is, without loading the page again; once it has ended, the page is loaded for its result.
const place = document.querySelector('[data-import-url]');
const EVERY = 2000;

const look = async () => {
  try {
    const answer = await fetch(place.dataset.importUrl, { headers: { 'X-Fragment': '1' } });
    if (answer.status === 204) return location.reload();
    if (!answer.ok) return undefined;
    const holder = document.createElement('template');
    holder.innerHTML = await answer.text();
    place.replaceChildren(holder.content);
  } catch {
    // Offline: the next look may reach the desk again.
  }
  setTimeout(look, EVERY);
};
if (place) setTimeout(look, EVERY);

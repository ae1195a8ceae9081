/* For readers: films play in their place, and a page can be printed or passed on. Without it a film opens on a page of its own. */
addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-video]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const frame = document.createElement('iframe');
  frame.src = link.href;
  frame.title = link.dataset.video;
  frame.allow = 'fullscreen; encrypted-media; picture-in-picture';
  link.replaceWith(frame);
  frame.focus();
});
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
// Browsers let a page write to the clipboard on safe connections alone.
for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const state = document.querySelector('[data-copied]');
    await navigator.clipboard.writeText(button.dataset.copy);
    state.textContent = state.dataset.copied;
  });
}

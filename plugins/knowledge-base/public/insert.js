/* Beside a ticket: an article goes where the cursor is, and a search changes the list alone. */
addEventListener('click', (event) => {
  const button = event.target.closest?.('button[data-insert]');
  const text = document.querySelector('#body');
  if (!button || !text) return;
  event.preventDefault();
  const before = text.value.slice(0, text.selectionStart);
  const { insert } = button.dataset;
  const isLong = insert.includes('\n');
  const gap = before === '' || /\s$/.test(before) ? '' : ' ';
  const words = isLong ? `${before.trim() === '' ? '' : '\n\n'}${insert}\n` : `${gap}${insert} `;
  text.setRangeText(words, text.selectionStart, text.selectionEnd, 'end');
  text.dispatchEvent(new Event('input', { bubbles: true }));
  text.focus();
});
addEventListener('submit', (event) => {
  const form = event.target;
  const list = form.matches?.('.kb-panel') && form.parentElement.querySelector('[data-kb-list]');
  if (!list) return;
  event.preventDefault();
  const url = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  fetch(url, { headers: { 'X-Fragment': '1' } })
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
    .then((html) => {
      list.innerHTML = html;
    })
    .catch(() => form.submit());
});

/* The editor of articles: an image goes where the cursor is. Without it the form puts the image at the end. */
const form = document.querySelector('form[data-upload-url]');
const button = form?.querySelector('[data-image]');
const upload = async () => {
  const state = form.querySelector('[data-image-state]');
  const file = form.elements.namedItem('image');
  const alt = form.elements.namedItem('alt');
  const fields = new FormData();
  fields.append('_csrf', form.elements.namedItem('_csrf').value);
  fields.append('image', file.files[0]);
  const answer = await fetch(form.dataset.uploadUrl, { method: 'POST', body: fields });
  const { path, problem } = await answer.json();
  state.textContent = problem ?? '';
  if (!path) return;
  const text = form.elements.namedItem('body');
  const before = text.value.slice(0, text.selectionStart);
  const gap = before === '' || before.endsWith('\n\n') ? '' : '\n\n';
  text.setRangeText(
    `${gap}![${alt.value.replaceAll(/[[\]]/g, ' ').trim()}](${path})\n\n`,
    text.selectionStart,
    text.selectionEnd,
    'end',
  );
  file.value = '';
  alt.value = '';
  text.focus();
};
button?.addEventListener('click', (event) => {
  if (!form.elements.namedItem('image').files.length) return;
  event.preventDefault();
  // Whatever goes wrong, the form itself can still do it.
  upload().catch(() => form.requestSubmit(button));
});
// What was typed is not left behind by mistake.
let isTyped = false;
form?.addEventListener('input', () => (isTyped = true));
form?.addEventListener('submit', () => (isTyped = false));
addEventListener('beforeunload', (event) => isTyped && event.preventDefault());

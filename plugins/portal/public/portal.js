// Articles that may help appear below the subject while it is written; then nothing asks a second time on sending.
const forms = document.querySelectorAll('form[data-suggest-url]');

for (const form of forms) {
  const subject = form.querySelector('[name=subject]');
  const text = form.querySelector('[name=text]');
  let timer;
  let asked = '';
  let shown = new AbortController();

  const rememberShown = () => {
    if (form.querySelector('[name=anyway]')) return;
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name: 'anyway', value: '1' });
    form.append(field);
  };

  const ask = async () => {
    const words = `${subject.value} ${text.value}`.trim().slice(0, 1000);
    if (words === asked || words.length < 4) return;
    asked = words;
    shown.abort();
    shown = new AbortController();
    try {
      const url = `${form.dataset.suggestUrl}?${new URLSearchParams({ text: words })}`;
      const answer = await fetch(url, { headers: { 'X-Fragment': '1' }, signal: shown.signal });
      if (!answer.ok) return;
      const holder = document.createElement('template');
      holder.innerHTML = await answer.text();
      const place = form.querySelector('#suggest');
      // What is announced is the change inside, so the place itself stays.
      place.replaceChildren(...(holder.content.querySelector('#suggest')?.childNodes ?? []));
      if (place.childElementCount > 0) rememberShown();
    } catch {
      // Suggestions are a courtesy: without them the form works as it does without scripts.
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 500);
  };
  subject.addEventListener('input', later);
  text.addEventListener('change', later);
}

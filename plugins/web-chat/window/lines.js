import { make } from './elements.js';
import { makeFile } from './files.js';
import { el } from './frame.js';
import { outbox } from './keep.js';
import { say, state } from './state.js';
import { look, write } from './use.js';

const drawn = new Map();

const clock = (at) =>
  new Date(at).toLocaleTimeString(state.site.language, { hour: 'numeric', minute: '2-digit' });

export function drawLines(site) {
  const isAtEnd = el.log.scrollHeight - el.log.scrollTop - el.log.clientHeight < 60;
  const hello = {
    number: 0,
    kind: 'out',
    author: null,
    text: site.isOpen ? site.greeting : site.away,
    buttons: [],
    files: [],
    key: 'hello',
  };
  const lines = [...state.lines.values()].toSorted((a, b) => a.number - b.number);
  const kept = new Set(lines.map(({ id }) => id));
  const pending = [...state.sent.values(), ...outbox()]
    .filter(({ id }) => !kept.has(id))
    .toSorted((a, b) => a.at - b.at)
    .map((one) => ({
      ...one,
      kind: 'in',
      isPending: outbox().some(({ id }) => id === one.id),
      buttons: [],
    }));
  const all = [
    hello,
    ...lines.map((line) => ({ ...line, key: line.id ?? line.number })),
    ...pending.map((one) => ({ ...one, key: one.id })),
  ];
  const keys = new Set(all.map((line) => line.key));
  for (const [name, { item }] of drawn) {
    if (keys.has(name)) continue;
    item.remove();
    drawn.delete(name);
  }
  let before = null;
  for (const line of all) {
    const item = drawLine(line, line === all.at(-1));
    const place = before ? before.nextSibling : el.log.firstChild;
    if (place !== item) el.log.insertBefore(item, place);
    before = item;
  }
  if (isAtEnd) el.log.scrollTop = el.log.scrollHeight;
  if (state.isOpen) queueMicrotask(look);
}

/** Only what changes is touched, so that nothing is read out twice. */
function drawLine(line, isLast) {
  const known = drawn.get(line.key) ?? makeLine(line);
  drawn.set(line.key, known);
  const { files = [] } = line;
  // They have addresses when the desk has them.
  const paths = files.map(({ name, path }) => (path ? 'kept' : name)).join();
  if (known.paths !== paths) {
    known.paths = paths;
    known.files.replaceChildren(...files.map(makeFile));
  }
  const when = line.isPending ? say('sending') : line.at ? clock(line.at) : '';
  const meta = line.kind === 'out' && line.author ? `${line.author}${when ? `, ${when}` : ''}` : when;
  if (known.meta.textContent !== meta) known.meta.textContent = meta;
  known.choices.hidden = !isLast;
  return known.item;
}

function makeLine({ kind, author, text, buttons }) {
  const who = kind === 'in' ? say('you') : author || say('team');
  const files = make('div', { class: 'files' });
  const bubble = make(
    'p',
    { class: text ? 'bubble' : 'sr' },
    make('span', { class: 'sr' }, `${who}: `),
    ...linked(text),
  );
  const meta = make('p', { class: 'meta', 'aria-live': 'off' });
  const choices = make('div', { class: 'choices' }, ...buttons.map(makeChoice));
  return { item: make('div', { class: `line ${kind}` }, bubble, files, meta, choices), files, meta, choices };
}

function makeChoice(words) {
  const choice = make('button', { class: 'choice', type: 'button' }, words);
  choice.addEventListener('click', () => {
    write(words);
    el.text.focus();
  });
  return choice;
}

/** Text with its addresses as links; nothing in it is ever markup. */
function linked(text) {
  return text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/)
    .map((piece, i) =>
      i % 2 === 1 ? make('a', { href: piece, target: '_blank', rel: 'noopener noreferrer' }, piece) : piece,
    );
}

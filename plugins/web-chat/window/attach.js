// Files that are chosen for the next message. Each goes to the desk at once; the message carries what the desk gave for it.
import { backOff, call, pause } from './call.js';
import { draw } from './draw.js';
import { CROSS, icon, make } from './elements.js';
import { el } from './frame.js';
import { hex, me } from './keep.js';
import { say, sizeOf, state } from './state.js';
import { forgetMe } from './talk.js';

const CHOSEN_MOST = 10;
const ONE_MOST = 10 * 1024 * 1024 - 64 * 1024;
const ALL_MOST = 25 * 1024 * 1024;

/** @param then what to do when the last of them has arrived */
export function attach(files, then) {
  for (const file of files) {
    const trouble = troubleWith(file);
    el.wrong.textContent = trouble ? say(trouble, { name: file.name }) : '';
    if (trouble) continue;
    const chosen = { id: hex(), name: file.name, size: file.size, seal: undefined };
    state.files.push(chosen);
    void bring(chosen, file).then(then);
  }
  drawChosen();
}

function troubleWith({ size }) {
  if (state.files.length >= CHOSEN_MOST) return 'fileMany';
  if (size === 0) return 'fileEmpty';
  const all = state.files.reduce((sum, one) => sum + one.size, size);
  return size > ONE_MOST || all > ALL_MOST ? 'fileBig' : undefined;
}

async function bring(chosen, file) {
  let tries = 0;
  while (state.files.includes(chosen) && !chosen.seal) {
    const { visitor, token } = me();
    const said = { token, name: file.name, type: file.type };
    const { status, seal, seconds } = await call(`${visitor}/file`, said, file);
    if (status === 200) chosen.seal = seal;
    else if (status === 404) forgetMe();
    else if (status === 429) await pause(1000 * (seconds ?? 5));
    else if (status === 413 || status === 422) {
      el.wrong.textContent = say(status === 413 ? 'fileBig' : 'fileLost', { name: file.name });
      drop(chosen);
    } else await backOff(tries++);
  }
  drawChosen();
}

function drop(chosen) {
  state.files = state.files.filter((one) => one !== chosen);
  if (state.files.length === 0) state.isDue = false;
  drawChosen();
}

const chips = new Map();

/** Only what changes is touched, so that the focus stays where it is. */
export function drawChosen() {
  for (const [chosen, chip] of chips)
    if (!state.files.includes(chosen)) {
      chip.item.remove();
      chips.delete(chosen);
    }
  for (const chosen of state.files) {
    const chip = chips.get(chosen) ?? makeChip(chosen);
    chip.size.textContent = chosen.seal ? sizeOf(chosen.size) : say('sending');
  }
  el.chosen.hidden = state.files.length === 0;
  draw();
}

function makeChip(chosen) {
  const size = make('span', { class: 'small' });
  const away = make(
    'button',
    { class: 'plain', type: 'button', 'aria-label': say('remove', chosen) },
    icon(CROSS),
  );
  away.addEventListener('click', () => {
    drop(chosen);
    el.text.focus();
  });
  const item = make('li', {}, make('span', { class: 'clip' }, chosen.name), size, away);
  el.chosen.append(item);
  chips.set(chosen, { item, size });
  return { item, size };
}

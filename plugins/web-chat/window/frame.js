import { CHAT, CLIP, DOWN, PLANE, icon, make } from './elements.js';
import { say, state } from './state.js';
import { colours, sheet, styles } from './styles.js';
import { key, theme } from './tag.js';

/** The parts of the window that are looked at again. */
export const el = {};

export let host;

export function build() {
  el.count = make('span', { class: 'count', hidden: true });
  el.button = make(
    'button',
    { class: 'launch', type: 'button', 'aria-expanded': 'false' },
    icon(CHAT),
    el.count,
  );
  el.close = make('button', { class: 'plain', type: 'button', 'aria-label': say('close') }, icon(DOWN));
  el.title = make('h2', { id: 'title' }, state.site.title);
  el.hours = make('p', { class: 'small', hidden: !state.site.hours }, state.site.hours);
  el.log = make('div', { class: 'log', role: 'log', tabindex: '0', 'aria-label': say('log') });
  el.notice = make('p', { class: 'notice', role: 'status' });
  el.name = make('input', { id: 'name', autocomplete: 'name', maxlength: '100' });
  el.email = make('input', {
    id: 'email',
    type: 'email',
    autocomplete: 'email',
    maxlength: '320',
    'aria-describedby': 'wrong',
  });
  el.wrong = make('p', { id: 'wrong', class: 'wrong', role: 'alert' });
  el.nameField = make('p', { class: 'field' }, make('label', { for: 'name' }, say('name')), el.name);
  el.emailLabel = make('label', { for: 'email' });
  el.emailField = make('p', { class: 'field' }, el.emailLabel, el.email);
  el.text = make('textarea', { id: 'text', rows: '1', placeholder: say('message') });
  el.send = make('button', { class: 'send', type: 'submit', 'aria-label': say('send') }, icon(PLANE));
  el.file = make('input', { type: 'file', multiple: true, hidden: true, tabindex: '-1' });
  el.clip = make('button', { class: 'plain', type: 'button', 'aria-label': say('attach') }, icon(CLIP));
  el.chosen = make('ul', { class: 'chosen', 'aria-label': say('files'), hidden: true });
  el.row = make(
    'div',
    { class: 'row' },
    make('label', { for: 'text', class: 'sr' }, say('message')),
    el.clip,
    el.file,
    el.text,
    el.send,
  );
  el.form = make('form', { novalidate: true }, el.nameField, el.emailField, el.wrong, el.chosen, el.row);
  el.footText = make('span');
  el.leave = make('button', { class: 'link', type: 'button' }, say('leaveMail'));
  el.mail = make('input', {
    id: 'mail',
    type: 'email',
    autocomplete: 'email',
    maxlength: '320',
    'aria-describedby': 'mail-wrong',
  });
  el.mailWrong = make('p', { id: 'mail-wrong', class: 'wrong', role: 'alert' });
  el.mailForm = make(
    'form',
    { class: 'mail', novalidate: true, hidden: true },
    make('label', { for: 'mail' }, say('email')),
    make('div', { class: 'row' }, el.mail, make('button', { class: 'save', type: 'submit' }, say('save'))),
    el.mailWrong,
  );
  el.foot = make('p', { class: 'foot' }, el.footText, ' ', el.leave);
  el.box = make(
    'section',
    { class: 'box', id: 'box', role: 'dialog', 'aria-labelledby': 'title', hidden: true },
    make('header', {}, make('div', { class: 'grow' }, el.title, el.hours), el.close),
    el.log,
    el.notice,
    el.form,
    el.mailForm,
    el.foot,
  );
  el.button.setAttribute('aria-controls', 'box');
  el.live = make('p', { class: 'sr', role: 'status' });
  host = make('div', { 'data-helpdesk-chat': key, 'data-theme': theme, lang: state.site.language });
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet(styles), sheet(colours(state.site.colour))];
  root.append(el.button, el.box, el.live);
  document.body.append(host);
}

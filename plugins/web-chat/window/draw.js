import { el, host } from './frame.js';
import { drawLines } from './lines.js';
import { hasWritten, lastNumber, needsMail, say, state, unread } from './state.js';

export function draw() {
  if (!host) return;
  const { site } = state;
  el.box.hidden = !state.isOpen;
  host.toggleAttribute('data-open', state.isOpen);
  el.button.setAttribute('aria-expanded', String(state.isOpen));
  const news = unread();
  el.button.setAttribute(
    'aria-label',
    `${say(state.isOpen ? 'close' : 'open')}${news ? `. ${say('news')} ${news}` : ''}`,
  );
  el.count.hidden = news === 0;
  el.count.textContent = news > 99 ? '99+' : String(news);
  const words = !state.isOpen && news > 0 ? `${say('news')} ${news}` : '';
  if (el.live.textContent !== words) el.live.textContent = words;
  drawLines(site);
  el.nameField.hidden = site.isOpen || hasWritten();
  el.emailField.hidden = !needsMail();
  el.emailLabel.textContent = say(site.isOpen ? 'first' : 'email');
  const notice = noticeOf(site);
  if (el.notice.textContent !== notice) el.notice.textContent = notice;
  el.footText.textContent = state.email ? say('mailKnown', { email: state.email }) : say('mailHint');
  el.leave.hidden = Boolean(state.email);
  el.mailForm.hidden = !state.asksMail;
  // Said once is enough.
  el.foot.hidden = state.asksMail || needsMail() || Boolean(state.email && notice);
}

function noticeOf(site) {
  if (state.trouble) return say(state.trouble);
  if (state.isTyping) return say('typing');
  const last = state.lines.get(lastNumber());
  if (last?.kind !== 'in') return '';
  const { email } = state;
  if (!site.isOpen) return email ? say('awaySent', { email }) : '';
  const waited = Date.now() + state.skew - Date.parse(last.at);
  if (waited < site.mailMinutes * 60000) return '';
  return email ? say('late', { email }) : say('lateNoMail');
}

import { benchMail } from './bench-mail.mjs';
import { benchReplies } from './bench-replies.mjs';
import { htmlLetter, plainLetter } from './letters.mjs';
import { ask, isQuick, measure } from './measuring.mjs';
import { COMMON, RARE } from './seed-desk.mjs';
import { startDesk } from './start-desk.mjs';

/** The targets of a whole desk, at one size. @param row whose plugins are switched on */
export async function benchDesk(engine, tickets, { row = '', end = 'drain' } = {}) {
  const desk = await startDesk(engine, tickets, row);
  const extra = { engine, tickets };
  const page =
    (path, wanted = 200) =>
    async () => {
      const { status, body } = await ask(desk.port, { path, cookie: desk.cookie });
      if (status !== wanted) throw new Error(`${path}: ${status} ${body.slice(0, 300)}`);
      return body;
    };
  const times = isQuick ? 100 : 300;
  try {
    await measure(
      'ticket list',
      { pid: desk.pid, target: tickets > 10_000 ? 3.5 : 3, extra },
      times,
      page('/desk/inbox'),
    );
    const ids = Array.from({ length: 50 }, (_, i) => tickets - i);
    await measure('ticket page', { pid: desk.pid, target: 4, extra }, times, (i) =>
      page(`/desk/tickets/${ids[i % 50]}`)(),
    );
    await measure(
      'search, common word',
      { pid: desk.pid, target: 15, extra },
      Math.min(times, 150),
      page(`/desk/search?q=${COMMON}`),
    );
    await measure(
      'search, rare word',
      { pid: desk.pid, target: 15, extra },
      Math.min(times, 150),
      page(`/desk/search?q=${RARE}`),
    );
    const visitor = { path: '/', cookie: desk.visitorCookie };
    await measure('portal home', { pid: desk.pid, target: 3, extra }, times, async (i) => {
      // A visitor has a budget of pages a minute; these are many.
      const { status, body } = await ask(desk.port, { ...visitor, from: `10.0.${i % 250}.1` });
      if (status !== 200 || !body.includes('/requests/'))
        throw new Error(`/: ${status} ${body.slice(0, 300)}`);
    });
    await benchMail(desk, {
      extra,
      name: 'mail, 8 KB plain',
      target: 8,
      letter: plainLetter,
      end,
      times: isQuick ? 100 : 200,
    });
    await benchMail(desk, {
      extra,
      name: 'mail, 30 KB HTML',
      target: 30,
      letter: htmlLetter,
      end,
      times: isQuick ? 50 : 100,
    });
    // Last: what they leave in the outbox is tried for minutes.
    await benchReplies(desk, { tickets, extra, times: Math.min(times, 150) });
  } finally {
    await desk.stop();
  }
}

import {
  findLiveViewer,
  sees,
  type DeskContext,
  type HostApp,
  type LoggedRow,
  type Viewer,
} from '@helpdesk/core';
import { countsOf } from './counts-of.js';
import { hubOf, type LiveStream } from './live-hub.js';
import { linesOf, teamsOf, viewCounts } from './nav-views.js';
import { rightsOf } from './rights-of.js';

const MOST_REPLAYED = 1000;
const TICK_MS = 1000;

/**
 * One open connection per browser: tells which tickets, timelines, presences and counts have changed. What is told are
 * ids alone; pages fetch the pieces they show, and are asked for their rights then.
 */
export async function openLive(ctx: DeskContext): Promise<void> {
  const { app, sessionToken } = ctx;
  if (!sessionToken) return ctx.noContent();
  const connection = ctx.stream();
  const live = createStream(app, ctx.viewer, connection.write);
  const leave = hubOf(app).join(live.stream);
  let isOver = false;
  function end(): void {
    if (isOver) return;
    isOver = true;
    clearInterval(timer);
    leave();
    connection.close();
  }
  const timer = setInterval(() => {
    void tick({ app, token: sessionToken, viewer: ctx.viewer, live }).then(
      (goesOn) => goesOn || end(),
      (error: unknown) => {
        app.log.warn({ err: error }, 'a live page was not asked for its session');
        end();
      },
    );
  }, TICK_MS);
  timer.unref();
  connection.onClose(end);
  const last = Number(ctx.header('Last-Event-ID'));
  if (Number.isSafeInteger(last) && last > 0) await replay(app, live.stream, last);
}

async function replay(app: HostApp, stream: LiveStream, last: number): Promise<void> {
  const missed = await app.tail.since(last, MOST_REPLAYED);
  await hubOf(app).send(missed, [stream]);
}

interface Live {
  readonly stream: LiveStream;
  /** Counts are sent when something has happened since they were sent last. */
  sendCounts(viewer: Viewer): Promise<void>;
}

/** @returns whether the connection goes on: the session is there, with the same rights */
async function tick(at: { app: HostApp; token: string; viewer: Viewer; live: Live }): Promise<boolean> {
  const viewer = await findLiveViewer(at.app.db, at.token, at.app.now());
  // With other rights the browser connects anew, and what it may not see is not replayed.
  if (!viewer || rightsOf(viewer) !== rightsOf(at.viewer)) return false;
  await at.live.sendCounts(at.viewer);
  return true;
}

function createStream(app: HostApp, viewer: Viewer, write: (text: string) => void): Live {
  let isDirty = false;
  let sent = '';
  const send = (type: string, data: object, id?: number) =>
    write(`${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  return {
    stream: {
      viewer,
      outdate: () => void (isDirty = true),
      tellEvent(event: LoggedRow) {
        const ticketId = event.ticketId;
        if (ticketId === null) return;
        send('ticket', { id: ticketId });
        const { messageId } = event.payload;
        const message = typeof messageId === 'number' ? { messageId } : {};
        send('timeline', { ticketId, id: event.id, name: event.name, ...message }, event.id);
      },
      tellPresence(ticketId) {
        send('presence', { ticketId });
        send('ticket', { id: ticketId });
      },
    },
    async sendCounts() {
      if (!isDirty) return;
      isDirty = false;
      const [counts, lines, teams] = await Promise.all([countsOf(app, viewer), linesOf(app), teamsOf(app)]);
      const text = JSON.stringify(
        viewCounts(counts, {
          lines: lines.filter(({ id }) => sees(viewer, { lineId: id, assigneeId: null })),
          teams,
        }),
      );
      if (text !== sent) write(`event: counts\ndata: ${text}\n\n`);
      sent = text;
    },
  };
}

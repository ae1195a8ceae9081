import { findTicket, type DeskContext, type HostApp, type Viewer } from '@helpdesk/core';
import { z } from 'zod';
import { pauseClocks, resumeClocks } from '../keep/pause-clocks.js';
import type { Segments } from '../segments.js';
import { explain, momentWords, presentClock, toneOf } from './explain.js';
import { languageOf } from './language-of.js';
import { sayOf } from './names.js';
import { pathId } from './path-id.js';
import { page, SLA, type SlaPages } from './sla-pages.js';
import { workingLength } from './working-length.js';

/** Why a ticket is due when it is: every interval that counted, every pause, every change of the norm. */
export async function ticketPage(ctx: DeskContext, { app, segments }: SlaPages): Promise<void> {
  const ticketId = pathId(ctx);
  const { ticket, clocks, calendars, ownDue } = await explain(app, {
    ticketId,
    viewer: ctx.viewer,
    segments: segments(),
  });
  const now = ctx.now.getTime();
  const { language, timeZone } = ctx;
  const moment = (ms: number) => momentWords(ms, { language, timeZone, now });
  const t = sayOf(ctx);
  const length = (seconds: number) => workingLength(seconds, { t, language });
  await ctx.render(
    'sla/ticket',
    {
      number: ticket.number,
      subject: ticket.subject,
      ticketUrl: `/desk/tickets/${ticketId}`,
      stopUrl: `${SLA}/tickets/${ticketId}/stop`,
      goUrl: `${SLA}/tickets/${ticketId}/go`,
      isStopped: clocks.moment.stopped !== null,
      dueAt: ticket.dueAt ?? undefined,
      isOwnDue: ticket.dueAt !== null && ticket.dueAt === ownDue,
      clocks: clocks.clocks.map((clock) => presentClock(clock, { t, now, calendars, moment, length })),
    },
    { page },
  );
}

export async function stopPage(ctx: DeskContext): Promise<void> {
  const { id: ticketId } = await findTicket(ctx.db, pathId(ctx), ctx.viewer);
  const { reason } = await ctx.form(z.object({ reason: z.string().trim().min(1).max(200) }));
  await pauseClocks(ctx.app, { ticketId, reason, actor: ctx.actor });
  ctx.flash({ text: ctx.t('sla.stopped'), undo: { url: `${SLA}/tickets/${ticketId}/go` } });
  ctx.redirect(`${SLA}/tickets/${ticketId}`);
}

export async function goPage(ctx: DeskContext): Promise<void> {
  const { id: ticketId } = await findTicket(ctx.db, pathId(ctx), ctx.viewer);
  await resumeClocks(ctx.app, { ticketId, actor: ctx.actor });
  ctx.flash({ text: ctx.t('sla.resumed') });
  ctx.redirect(`${SLA}/tickets/${ticketId}`);
}

/** Beside a ticket: its clocks that run, and the last of those that ended. Nothing without a norm. */
export async function loadPanel(
  app: HostApp,
  { ticketId, viewer, segments }: { ticketId: number; viewer: Viewer | null; segments: Segments | undefined },
): Promise<Record<string, unknown> | undefined> {
  const { clocks, calendars } = await explain(app, { ticketId, viewer: null, segments });
  const shown = clocks.clocks.filter(({ state, endedAt, kind }) =>
    state === 'none' ? false : endedAt === null || kind !== 'next',
  );
  if (shown.length === 0) return undefined;
  const language = await languageOf(app, viewer);
  const now = app.now().getTime();
  const t = (key: string, values?: Readonly<Record<string, unknown>>) => app.t(language, key, values);
  const { timeZone } = app.company;
  const moment = (ms: number) => momentWords(ms, { language, timeZone, now });
  const length = (seconds: number) => workingLength(seconds, { t, language });
  return {
    clocks: shown.map((clock) => ({
      ...presentClock(clock, { t, now, calendars, moment, length }),
      tone: toneOf(clock, now),
    })),
    explainUrl: `${SLA}/tickets/${ticketId}`,
  };
}

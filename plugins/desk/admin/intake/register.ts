import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import {
  balanceIntake,
  findIntake,
  isError,
  listIntake,
  refuseIntake,
  replayIntake,
  type DeskContext,
  type IntakeRecord,
} from '@helpdesk/core';
import type { DeskTools } from '../../tools.js';
import { ofAllLines } from '../of-all-lines.js';
import { pathId, queryId } from '../path-id.js';
import { renderSettings } from '../render-settings.js';

const READ = { permission: 'intake.read' } as const;
const REPLAY = { permission: 'intake.replay' } as const;
const SIZE = 50;
const SHOWN_BYTES = 64 * 1024;
const states = ['received', 'processing', 'delivered', 'duplicate', 'parked', 'refused'] as const;
const tones: Readonly<Record<string, string>> = { parked: 'warn', refused: 'danger', delivered: 'ok' };

/** The journal of everything that came in, raw. */
export function registerIntake({ desk }: DeskTools): void {
  desk.get('/settings/intake', READ, ofAllLines(listPage));
  desk.get('/settings/intake/:id', READ, ofAllLines(itemPage));
  desk.get('/settings/intake/:id/raw', READ, ofAllLines(download));
  desk.post(
    '/settings/intake/:id/replay',
    REPLAY,
    ofAllLines((ctx) => act(ctx, replayIntake, 'replayed')),
  );
  desk.post(
    '/settings/intake/:id/refuse',
    REPLAY,
    ofAllLines((ctx) => act(ctx, refuseIntake, 'refusedNow')),
  );
}

async function listPage(ctx: DeskContext): Promise<void> {
  const state = states.find((one) => one === ctx.query['state']);
  const before = queryId(ctx, 'before');
  const [balance, found] = await Promise.all([
    balanceIntake(ctx.db),
    listIntake(ctx.db, {
      ...(state ? { state } : {}),
      ...(before === undefined ? {} : { before }),
      limit: SIZE + 1,
    }),
  ]);
  const rows = found.slice(0, SIZE);
  const last = found.length > SIZE ? rows.at(-1) : undefined;
  const query = new URLSearchParams({
    ...(state ? { state } : {}),
    ...(last ? { before: String(last.id) } : {}),
  });
  const path = '/desk/settings/intake';
  await renderSettings(
    ctx,
    { view: 'intake' },
    {
      balance: ctx.t('desk.admin.intake.balance', { ...balance }),
      filters: [undefined, ...states].map((one) => ({
        text: ctx.t(`desk.admin.intake.state.${one ?? 'all'}`),
        href: one ? `${path}?state=${one}` : path,
        on: one === state,
      })),
      rows: rows.map((row) => presentRow(ctx, row)),
      nextUrl: last ? `${path}?${query.toString()}` : null,
    },
  );
}

function presentRow(
  ctx: DeskContext,
  { id, account, receivedAt, size, state, reason, ticketId }: IntakeRecord,
) {
  return {
    href: `/desk/settings/intake/${id}`,
    id,
    account,
    receivedAt,
    size: Number(size),
    state: { text: ctx.t(`desk.admin.intake.state.${state}`), tone: tones[state] },
    reason,
    ticketUrl: ticketId && ctx.can('tickets.read') ? `/desk/tickets/${ticketId}` : null,
  };
}

async function itemPage(ctx: DeskContext): Promise<void> {
  const item = await findIntake(ctx.db, pathId(ctx));
  const raw = await readBeginning(ctx, item.sha256);
  const path = `/desk/settings/intake/${item.id}`;
  await renderSettings(
    ctx,
    { view: 'intake-item' },
    {
      item: presentRow(ctx, item),
      detail: item.detail,
      externalId: item.externalId,
      sha256: item.sha256,
      raw,
      isCut: raw !== null && Number(item.size) > SHOWN_BYTES,
      canReplay: ctx.can('intake.replay') && (item.state === 'parked' || item.state === 'refused'),
      canRefuse: ctx.can('intake.replay') && item.state === 'parked',
      rawUrl: `${path}/raw`,
      replayUrl: `${path}/replay`,
      refuseUrl: `${path}/refuse`,
    },
  );
}

/** The first part of a raw message as text, headers and all; null when the file is gone. Never more than it shows. */
async function readBeginning(ctx: DeskContext, sha256: string): Promise<string | null> {
  try {
    const file = await open(ctx.app.files.path(sha256), 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(SHOWN_BYTES), 0, SHOWN_BYTES, 0);
      // Control and direction characters could make the text look like another.
      return new TextDecoder()
        .decode(buffer.subarray(0, bytesRead))
        .replaceAll('\r\n', '\n')
        .replaceAll(/[^\P{C}\n\t]/gu, '�');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The raw message as a file; no browser may take it for a page. */
async function download(ctx: DeskContext): Promise<void> {
  const { id, sha256, channel } = await findIntake(ctx.db, pathId(ctx));
  const extension = channel === 'email' ? 'eml' : 'txt';
  ctx.send(createReadStream(ctx.app.files.path(sha256)), {
    type: 'application/octet-stream',
    headers: {
      'Content-Disposition': `attachment; filename="message-${id}.${extension}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  });
}

async function act(
  ctx: DeskContext,
  work: typeof replayIntake | typeof refuseIntake,
  said: 'replayed' | 'refusedNow',
): Promise<void> {
  const { id } = await findIntake(ctx.db, pathId(ctx));
  try {
    await work(ctx.app, { intakeId: id, actor: ctx.actor });
    ctx.flash({ text: ctx.t(`desk.admin.intake.${said}`) });
  } catch (error) {
    // It was settled by somebody else since the page was opened.
    if (!isError(error, 'INTAKE_UNKNOWN')) throw error;
    ctx.flash({ text: ctx.t('desk.admin.intake.settled'), tone: 'warn' });
  }
  ctx.redirect(`/desk/settings/intake/${id}`);
}

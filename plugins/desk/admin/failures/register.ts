import {
  listDeadJobs,
  listDeadLetters,
  removeJob,
  rerunDeadLetter,
  rerunJob,
  skipDeadLetter,
  type App,
  type DeskContext,
} from '@helpdesk/core';
import type { DeskTools } from '../../tools.js';
import { ofAllLines } from '../of-all-lines.js';
import { pathId } from '../path-id.js';
import { renderSettings } from '../render-settings.js';

const REPLAY = { permission: 'intake.replay' } as const;
const PATH = '/desk/settings/failures';

/** Background work that was given up: read it, run it again, or let it go. Jobs belong to no line. */
export function registerFailures({ desk }: DeskTools): void {
  const post = (path: string, work: Work, said: string) =>
    desk.post(
      `/settings/failures/${path}`,
      REPLAY,
      ofAllLines((ctx) => act(ctx, work, said)),
    );
  desk.get('/settings/failures', REPLAY, ofAllLines(show));
  post('letters/:id/rerun', rerunDeadLetter, 'rerun');
  post('letters/:id/skip', skipDeadLetter, 'skipped');
  post('jobs/:id/rerun', rerunJob, 'rerun');
  post('jobs/:id/remove', removeJob, 'removed');
}

type Work = (app: App, id: number) => Promise<void>;

async function show(ctx: DeskContext): Promise<void> {
  const [letters, jobs] = await Promise.all([listDeadLetters(ctx.db), listDeadJobs(ctx.db)]);
  await renderSettings(
    ctx,
    { view: 'failures' },
    {
      letters: letters.map(({ id, follower, event, at, attempts, lastError, waiting }) => ({
        name: follower,
        about: event,
        at,
        attempts,
        lastError,
        waiting: waiting > 0 ? ctx.t('desk.admin.failures.waiting', { count: waiting }) : null,
        rerunUrl: `${PATH}/letters/${id}/rerun`,
        dropUrl: `${PATH}/letters/${id}/skip`,
      })),
      jobs: jobs.map(({ id, name, input, createdAt, attempts, lastError }) => ({
        name,
        about: input.slice(0, 300),
        at: createdAt,
        attempts,
        lastError,
        rerunUrl: `${PATH}/jobs/${id}/rerun`,
        dropUrl: `${PATH}/jobs/${id}/remove`,
      })),
    },
  );
}

async function act(ctx: DeskContext, work: Work, said: string): Promise<void> {
  await work(ctx.app, pathId(ctx));
  ctx.flash({ text: ctx.t(`desk.admin.failures.${said}`) });
  ctx.redirect(PATH);
}

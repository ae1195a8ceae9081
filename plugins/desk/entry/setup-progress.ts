import { can, choice, type Actor, type DeskContext, type HostApp, type Viewer } from '@helpdesk/core';

/** The steps that follow the company's, each with the permission that it needs. */
const permissions = { mailbox: 'mailboxes.manage', team: 'agents.manage' } as const;
export type SetupStep = keyof typeof permissions;

const OWNER = 'setup';
/** A desk that was not set up in the browser has nothing left to do there. */
const fields = {
  step: choice({ label: 'desk.setup.title', choices: ['mailbox', 'team', 'done'], default: 'done' }),
};

const pathOf = (step: SetupStep) => `/desk/setup/${step}`;

/** The step at which the setup stands; undefined when it is finished. */
export function openStep(app: HostApp): SetupStep | undefined {
  const { step } = app.settings.values(OWNER, fields);
  return step === 'mailbox' || step === 'team' ? step : undefined;
}

/** Where the setup goes on for this viewer; undefined when it is finished, or for others to finish. */
export function openSetup(app: HostApp, viewer: Pick<Viewer, 'permissions'>): string | undefined {
  const step = openStep(app);
  return step && can(viewer, permissions[step]) ? pathOf(step) : undefined;
}

/** Remembers how far the setup has come. */
export async function moveSetup(app: HostApp, step: SetupStep | 'done', actor: Actor): Promise<void> {
  await app.settings.save(OWNER, fields, { values: { step }, actor });
}

/** Settings take over where the setup ends. */
export async function finishSetup(ctx: DeskContext): Promise<void> {
  await moveSetup(ctx.app, 'done', ctx.actor);
  ctx.redirect('/desk/inbox');
}

/** A page of the setup: a finished one leads to the inbox, a step that comes later to the one that is open. */
export const whileOpen =
  (step: SetupStep, work: (ctx: DeskContext) => Promise<void>) =>
  async (ctx: DeskContext): Promise<void> => {
    const open = openStep(ctx.app);
    if (!open) return ctx.redirect('/desk/inbox');
    if (step === 'team' && open === 'mailbox') return ctx.redirect(pathOf(open));
    return work(ctx);
  };

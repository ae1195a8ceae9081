import { changeAgent, findAgent, isError, whole, type DeskContext } from '@helpdesk/core';
import { asRefused, asStored, type FormState } from '../form-fields.js';
import { pathId } from '../path-id.js';
import { renderSettings } from '../render-settings.js';
import { agentSchema, presentAgentForm, toAgent } from './agent-fields.js';

interface Shown {
  state?: FormState;
  isConflict?: boolean;
  /** Text key of what an action said no to. */
  refusal?: string;
}

/** One account: what it may do and see. */
export async function agentPage(
  ctx: DeskContext,
  { state, isConflict = false, refusal }: Shown = {},
): Promise<void> {
  const agent = await findAgent(ctx.db, pathId(ctx));
  const { id, name, email, role, sees, teamIds, lineIds, version, disabledAt, isInvited } = agent;
  const stored = { name, email, role, sees, teams: teamIds.map(String), lines: lineIds.map(String) };
  const form = await presentAgentForm(ctx, state ?? asStored(stored));
  const hasErrors = form.errors.length > 0 || refusal !== undefined;
  const page = { view: 'agent', status: hasErrors ? 422 : isConflict ? 409 : 200 };
  const path = `/desk/settings/team/${id}`;
  await renderSettings(ctx, page, {
    name,
    form,
    version,
    isConflict,
    refusal: refusal && ctx.t(refusal),
    isDisabled: disabledAt !== null,
    isInvited: isInvited && disabledAt === null,
    isSelf: id === ctx.agent.id,
    action: path,
    inviteUrl: `${path}/invite`,
    switchUrl: `${path}/switch`,
  });
}

export async function saveAgent(ctx: DeskContext): Promise<void> {
  const agentId = pathId(ctx);
  const { version: expectedVersion, ...typed } = await ctx.form(
    agentSchema.extend({ version: whole().positive() }),
  );
  try {
    const answer = await changeAgent(ctx.app, {
      agentId,
      ...toAgent(typed),
      expectedVersion,
      actor: ctx.actor,
    });
    if (!answer.ok) return agentPage(ctx, { state: asRefused(typed, answer, 'role') });
  } catch (error) {
    if (!isError(error, 'AGENT_CHANGED')) throw error;
    return agentPage(ctx, { state: asStored(typed), isConflict: true });
  }
  ctx.flash({ text: ctx.t('desk.admin.saved') });
  ctx.redirect('/desk/settings/team');
}

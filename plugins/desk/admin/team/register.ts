import type { DeskTools } from '../../tools.js';
import { agentPage, saveAgent } from './agent-page.js';
import { inviteActions } from './invite.js';
import { switchAgent } from './switch-agent.js';
import { showTeam } from './show-team.js';

const MANAGE = { permission: 'agents.manage' } as const;

/** The people of the desk. */
export function registerTeam(tools: DeskTools): void {
  const { desk } = tools;
  const { invite, renew } = inviteActions(tools);
  desk.get('/settings/team', MANAGE, (ctx) => showTeam(ctx));
  desk.post('/settings/team', MANAGE, invite);
  desk.get('/settings/team/:id', MANAGE, (ctx) => agentPage(ctx));
  desk.post('/settings/team/:id', MANAGE, saveAgent);
  desk.post('/settings/team/:id/invite', MANAGE, renew);
  desk.post('/settings/team/:id/switch', MANAGE, switchAgent);
}

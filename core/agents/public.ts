export { acceptInvite, type AcceptInvite } from './actions/accept-invite.js';
export { addAgent, type AddAgent } from './actions/add-agent.js';
export { archiveLine, type ArchiveLine } from './actions/archive-line.js';
export { archiveTeam, type ArchiveTeam } from './actions/archive-team.js';
export { changeAgent, type ChangeAgent } from './actions/change-agent.js';
export { changePassword, type ChangePassword } from './actions/change-password.js';
export { changeRole, type ChangeRole } from './actions/change-role.js';
export { changeTeamMembers, type ChangeTeamMembers } from './actions/change-team-members.js';
export { createFirstOwner, type CreateFirstOwner } from './actions/create-first-owner.js';
export { createLine, type CreateLine } from './actions/create-line.js';
export { createRole, type CreateRole } from './actions/create-role.js';
export { createTeam, type CreateTeam } from './actions/create-team.js';
export { disableAgent } from './actions/disable-agent.js';
export { enableAgent } from './actions/enable-agent.js';
export { endSession, type EndSession } from './actions/end-session.js';
export { endSessions, type EndSessions } from './actions/end-sessions.js';
export { finishReset, type FinishReset } from './actions/finish-reset.js';
export { inviteAgent, type InviteAgent } from './actions/invite-agent.js';
export { purgeSessions } from './actions/purge-sessions.js';
export { setLineAudience, type SetLineAudience } from './actions/set-line-audience.js';
export { renameLine, type RenameLine } from './actions/rename-line.js';
export { renameTeam, type RenameTeam } from './actions/rename-team.js';
export { renewInvite } from './actions/renew-invite.js';
export { setPassword, type SetPassword } from './actions/set-password.js';
export { signIn, type SignIn, type SignInAnswer, type SignedInNow } from './actions/sign-in.js';
export { startReset, type StartReset } from './actions/start-reset.js';
export { Agent, type AgentRecord, type Sees } from './models/agent.js';
export { Line, lineAudiences, type LineAudience, type LineRecord } from './models/line.js';
export { Role, type RoleRecord } from './models/role.js';
export { Session, sessionLimits, type SessionLimits, type SessionRecord } from './models/session.js';
export { Team, type TeamRecord } from './models/team.js';
export { refused, type Outcome, type Refused } from './outcome.js';
export {
  EVERYTHING,
  builtinRoles,
  corePermissions,
  type BuiltinRole,
  type CorePermission,
  type PermissionRecord,
} from './permissions.js';
export { patchPreferences, readPreferences, type Preferences, type PreferencesPatch } from './preferences.js';
export { can, type Viewer } from './viewer.js';
export { agentNames, initialsOf, type AgentName, type AgentNames } from './queries/agent-names.js';
export { findAgent } from './queries/find-agent.js';
export { findLiveViewer } from './queries/find-live-viewer.js';
export { findToken, type TokenOwner } from './queries/find-token.js';
export { findViewer } from './queries/find-viewer.js';
export { hasAgents, listAgents } from './queries/list-agents.js';
export { listLines } from './queries/list-lines.js';
export { listRoles } from './queries/list-roles.js';
export { listSessions } from './queries/list-sessions.js';
export { listTeams } from './queries/list-teams.js';

import type { DeskTools } from '../tools.js';
import { acceptNow, invitePage } from './invite.js';
import { savePreference } from './preferences.js';
import { endOneSession, profilePage, savePassword, saveProfile } from './profile.js';
import { askForReset, chooseNow, choosePage, resetPage } from './reset.js';
import { setUpNow, setupPage } from './setup.js';
import { mailboxStep, saveMailboxStep } from './setup-mailbox.js';
import { whileOpen } from './setup-progress.js';
import { saveTeamStep, teamStep } from './setup-team.js';
import { signInNow, signInPage } from './sign-in.js';
import { signOut } from './sign-out.js';

const MAILBOXES = { permission: 'mailboxes.manage' } as const;
const AGENTS = { permission: 'agents.manage' } as const;

/** Signing in and out, the setup, one's own profile. */
export function registerEntry({ desk }: DeskTools): void {
  desk.open.get('/sign-in', signInPage);
  desk.open.post('/sign-in', signInNow);
  desk.open.post('/sign-out', signOut);
  desk.open.get('/reset', resetPage);
  desk.open.post('/reset', askForReset);
  desk.open.get('/reset/:token', choosePage);
  desk.open.post('/reset/:token', chooseNow);
  desk.open.get('/invite/:token', invitePage);
  desk.open.post('/invite/:token', acceptNow);
  desk.open.get('/setup', setupPage);
  desk.open.post('/setup', setUpNow);
  desk.get('/setup/mailbox', MAILBOXES, whileOpen('mailbox', mailboxStep));
  desk.post('/setup/mailbox', MAILBOXES, whileOpen('mailbox', saveMailboxStep));
  desk.get('/setup/team', AGENTS, whileOpen('team', teamStep));
  desk.post('/setup/team', AGENTS, whileOpen('team', saveTeamStep));
  desk.own.post('/preferences', savePreference);
  desk.own.get('/profile', profilePage);
  desk.own.post('/profile', saveProfile);
  desk.own.post('/profile/password', savePassword);
  desk.own.post('/profile/sessions', endOneSession);
}

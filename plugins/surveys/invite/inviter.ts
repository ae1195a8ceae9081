import type { HostApp, Job, Links, SettingValues } from '@helpdesk/core';
import type { Mailer } from '@helpdesk/core/contracts';
import type { Segments } from '../segments.js';
import type { surveySettings } from '../settings.js';

/** What invitations are made and sent with. */
export interface Inviter {
  readonly app: HostApp;
  readonly links: Links;
  readonly deliver: Job<{ invitationId: number }>;
  /** Asked each time: plugins come and go. */
  readonly services: { readonly mailer?: Mailer | undefined; readonly segments?: Segments | undefined };
  settings(): SettingValues<typeof surveySettings>;
}

import type { Toolbox } from '@helpdesk/core';
import type { mailboxSetup, mailer, sampleMail } from '@helpdesk/core/contracts';

/** Services of other plugins that pages use when they are there. */
interface Helpers {
  mailer: typeof mailer;
  mailboxSetup: typeof mailboxSetup;
  sampleMail: typeof sampleMail;
}

/** What the parts of this plugin register with. */
// oxlint-disable-next-line typescript/no-empty-object-type -- the plugin has no options, settings or required services
export type DeskTools = Toolbox<{}, {}, {}, Helpers, never>;

import { defineErrors } from './define-errors.js';

/** Every error that core throws. docs/reference/errors.md lists the same codes; a test holds the two together. */
export const errors = defineErrors({
  ACCOUNT_UNKNOWN: {
    message: 'There is no channel account {accountId}',
    fix: 'Look at Settings → Mailboxes for the accounts that exist.',
    status: 404,
  },
  AGENT_CHANGED: {
    message: 'Somebody else changed this account in the meantime',
    fix: 'Look at the change, then try again.',
    status: 409,
  },
  AGENT_EXISTS: {
    message: 'Somebody with the address {email} is already on the team',
    fix: 'Use another address, or switch the existing account on again.',
    status: 409,
  },
  AGENT_UNKNOWN: { message: 'There is no such account', fix: 'Go back to the list of agents.', status: 404 },
  ACTION_REFUSED: {
    message: 'Plugin "{plugin}" refused: {because}',
    fix: 'Read the reason; the plugin that gave it decides.',
    status: 409,
  },
  CHANGE_NESTED: {
    message: 'change() was called inside another change()',
    fix: 'Do all writes of one step in one change(), or start the second after the first has committed.',
  },
  CONFIG_INVALID: {
    message: 'The configuration has problems:\n{problems}',
    fix: 'Mend the lines named above in helpdesk.config.ts or in the environment.',
  },
  CONTACT_MERGED: {
    message: 'This contact was merged into contact {contactId}',
    fix: 'Open that contact and go on from there.',
    status: 409,
  },
  CONTACT_UNKNOWN: {
    message: 'There is no such contact',
    fix: 'Go back to the list of contacts.',
    status: 404,
  },
  CORE_LOADED_TWICE: {
    message: '@helpdesk/core is loaded twice ({first} and {second})',
    fix: 'Install one version of @helpdesk/core: run "npm ls @helpdesk/core" and remove the second one.',
  },
  CROSS_SITE: {
    message: 'This was not sent from a page of this desk',
    fix: 'Open the page again and repeat it there.',
    status: 403,
  },
  DATABASE_UNREACHABLE: {
    message: 'The database {database} cannot be opened: {because}',
    fix: 'Check DATABASE_URL, that the server runs, and the rights on the folder.',
    status: 503,
  },
  DATABASE_NEWER: {
    message: 'The database was written by a newer version: it has the migration "{migration}" of "{owner}"',
    fix: 'Start the newer version again, or restore the copy in data/backups that was taken before the upgrade.',
  },
  FORM_INVALID: { message: 'The form has mistakes', fix: 'Correct the fields that are marked.', status: 422 },
  HOOK_UNKNOWN: {
    message: 'Plugin "{plugin}" taps the {kind} "{hook}", which does not exist',
    fix: 'See docs/reference/hooks.md for the names, and declare own hooks under "hooks" of the plugin.',
  },
  HOOK_FAULT: {
    message: 'Plugin "{plugin}" failed in "{hook}": {because}',
    fix: 'Try again; after three failures the plugin is skipped. An administrator can switch it off.',
    status: 503,
  },
  IDENTITY_TAKEN: {
    message: '{value} already belongs to another contact',
    fix: 'Open that contact, or use another address.',
    status: 409,
  },
  INPUT_INVALID: {
    message: 'The request is not valid: {because}',
    fix: 'Correct it and try again.',
    status: 400,
  },
  INTAKE_UNKNOWN: {
    message: 'There is no such raw message',
    fix: 'Go back to the intake journal.',
    status: 404,
  },
  JOB_UNKNOWN: {
    message: 'Nobody runs the job "{job}"',
    fix: 'Switch on the plugin that owns it, or delete the job.',
  },
  LINE_UNKNOWN: { message: 'There is no such line', fix: 'Go back to the list of lines.', status: 404 },
  LINK_INVALID: { message: 'This link is not valid', fix: 'Ask for a new one.', status: 404 },
  LINK_EXPIRED: { message: 'This link is too old', fix: 'Ask for a new one.', status: 410 },
  MESSAGE_UNKNOWN: { message: 'There is no such message', fix: 'Go back to the ticket.', status: 404 },
  MERGE_UNKNOWN: {
    message: 'There is no such merge',
    fix: 'Go back to the list of merges.',
    status: 404,
  },
  ATTACHMENTS_TOO_LARGE: {
    message: '"{channel}" carries files of {limit} MB in one message, not more',
    fix: 'Send fewer files, or a link to them.',
    status: 422,
  },
  ATTACHMENTS_TOO_MANY: {
    message: '"{channel}" carries {limit} files in one message',
    fix: 'Send the others with another message.',
    status: 422,
  },
  BUTTONS_TOO_MANY: {
    message: '"{channel}" carries {limit} buttons under one message',
    fix: 'Ask in words, or leave some out.',
    status: 422,
  },
  MESSAGE_TOO_LONG: {
    message: '"{channel}" carries {limit} characters in one message; this one has {length}',
    fix: 'Shorten it, or send it in parts.',
    status: 422,
  },
  REPLY_WINDOW_CLOSED: {
    message: '"{channel}" takes words of your own only for a time after the customer has written',
    fix: 'Send a template, or answer by another channel.',
    status: 409,
  },
  TEMPLATE_UNKNOWN: {
    message: 'There is no template "{template}" with these values',
    fix: 'Choose one of the list, and fill in every place of it.',
    status: 422,
  },
  MESSAGE_EMPTY: { message: 'The message is empty', fix: 'Write something first.', status: 422 },
  MIGRATION_FAILED: {
    message: 'The migration "{migration}" of "{owner}" failed: {because}',
    fix: 'Nothing of it was kept. Restore data/backups if you need the old version to run, and report the message above.',
  },
  NOT_FOUND: { message: 'No such page', fix: 'Go back to the inbox.', status: 404 },
  ORGANIZATION_UNKNOWN: {
    message: 'There is no such organization',
    fix: 'Go back to the list of organizations.',
    status: 404,
  },
  PERMISSION_MISSING: {
    message: 'This needs the permission "{permission}"',
    fix: 'Ask an administrator for it.',
    status: 403,
  },
  PLUGIN_CORE_MISMATCH: {
    message: 'Plugin "{plugin}" {version} needs @helpdesk/core {range}, and this is {core}',
    fix: 'Update the plugin, or install the core version that it asks for.',
  },
  PLUGIN_INVALID: {
    message: 'Plugin "{plugin}" is not put together right: {because}',
    fix: 'See docs/build/first-plugin.md.',
  },
  PLUGIN_TWICE: {
    message: 'Plugin "{plugin}" is in the configuration twice',
    fix: 'Remove one of the two entries from helpdesk.config.ts.',
  },
  PLUGIN_UNKNOWN: {
    message: 'There is no plugin "{plugin}"',
    fix: 'See "helpdesk list-plugins" for those that are installed.',
    status: 404,
  },
  RATE_LIMITED: {
    message: 'Too many tries',
    fix: 'Wait {seconds} seconds and try again.',
    status: 429,
  },
  ROLE_UNKNOWN: { message: 'There is no such role', fix: 'Go back to the list of roles.', status: 404 },
  ROUTE_TAKEN: {
    message: 'The path {method} {path} is claimed by "{first}" and by "{second}"',
    fix: 'Give one of the two another path.',
  },
  SERVICE_MISSING: {
    message: 'Plugin "{plugin}" requires the service "{service}", which no installed plugin provides',
    fix: 'Add a plugin that provides "{service}" to helpdesk.config.ts and switch it on.',
  },
  SERVICE_TWICE: {
    message: 'The service "{service}" is provided by "{first}" and by "{second}"',
    fix: 'Switch one of the two off.',
  },
  SIGN_IN_NEEDED: { message: 'Please sign in', fix: 'Sign in and try again.', status: 401 },
  TEAM_UNKNOWN: { message: 'There is no such team', fix: 'Go back to the list of teams.', status: 404 },
  TICKET_CHANGED: {
    message: 'Somebody else changed this ticket in the meantime',
    fix: 'Look at the change, then try again.',
    status: 409,
  },
  TICKET_UNDECIDED: {
    message: 'Nothing answers ticket {ticketId} by itself before somebody has said who wrote it',
    fix: 'Open the ticket and say which contact wrote; it is listed under "Needs a decision".',
    status: 409,
  },
  TICKET_UNKNOWN: { message: 'There is no such ticket', fix: 'Go back to the inbox.', status: 404 },
  TOO_LARGE: { message: 'This is larger than {limit}', fix: 'Send less at a time.', status: 413 },
  VIEW_ONLY: {
    message: 'You only look at the portal as this customer sees it',
    fix: 'Leave the view and act as yourself in the desk.',
    status: 403,
  },
  VIEW_UNKNOWN: { message: 'There is no such view', fix: 'Go back to the inbox.', status: 404 },
  VIEW_MISSING: {
    message: 'There is no view "{view}"',
    fix: 'Put a file of that name into the views folder of the plugin, or into the theme.',
  },
});

// The whole public API of core; nothing else is importable but /contracts and /testing. tests/api/core-api.txt is the
// committed list that a test compares.

export { createApp, type AppOptions, type Helpdesk } from './app.js';
export { defineConfig, secret, type HelpdeskConfig } from './config/define-config.js';
export { resolveConfig, type Config, type Flags } from './config/resolve-config.js';
export type { Plugin } from './config/plugin.js';
export {
  choice,
  choices,
  longText,
  number,
  readSetting,
  secretText,
  text,
  toggle,
  type Setting,
  type SettingFields,
  type SettingProblem,
  type SettingValues,
} from './config/setting-fields.js';
export { companySettings } from './config/company-settings.js';
export type { Settings } from './config/settings.js';

export { defineErrors, HelpdeskError, isError, wordsOf } from './errors/define-errors.js';
export { errors } from './errors/errors.js';
export { createLog, type Logger } from './log/create-log.js';

export {
  refuse,
  type Actor,
  type Awaitable,
  type Collect,
  type CollectName,
  type Event,
  type EventName,
  type EventPayload,
  type Filter,
  type FilterName,
  type Given,
  type Guard,
  type GuardName,
  type HookCatalogue,
  type HookKinds,
  type Refusal,
} from './hooks/catalogue.js';
export type { TapHealth } from './hooks/tap-health.js';
export { coreHooks } from './core-hooks.js';

export { service, type Service } from './services/service.js';
export { definePlugin, type Placement, type PluginDefinition } from './plugins/define-plugin.js';
export { listCommands } from './plugins/resolve-plugins.js';
export type { CommandDefinition, CommandInput } from './plugins/command.js';
export type { HealthReport } from './plugins/check-health.js';
export type { HostApp } from './plugins/host-app.js';
export type { NavItem } from './plugins/nav.js';
export type { PluginInfo } from './plugins/plugin-info.js';
export type { HealthAnswer, Links, Panel, PanelPlaces, Toolbox } from './plugins/toolbox.js';
export { COMPANY, type Company } from './plugins/company.js';
export { coreVersion } from './plugins/core-version.js';

export type { App } from './database/app.js';
export { change, type Change } from './database/change.js';
export type { Database, Engine } from './database/connect.js';
export { hashToken, newToken, type Keys } from './database/keys.js';
export type { Migration } from './database/migrate.js';
export { onceOnly } from './database/once-only.js';
export { Row, jsonOrNone, parseJson } from './database/record.js';
export { fold, toIndex, toStems } from './database/search/words.js';

export type { Job, JobContext, Jobs } from './jobs/job-types.js';
export type { BatchOptions, BatchTap, FollowOptions, FollowTaps } from './jobs/follower-types.js';
export type { Logged, LoggedEvent } from './jobs/logged-event.js';
export type { LoggedRow, Tail } from './jobs/live-events.js';
export { listDeadJobs, removeJob, rerunJob, type DeadJob } from './jobs/dead-jobs.js';
export { listDeadLetters, rerunDeadLetter, skipDeadLetter, type DeadLetter } from './jobs/dead-letters.js';
export { listEvents, type EventRecord } from './jobs/list-events.js';

export * from './agents/public.js';
export * from './contacts/public.js';
export * from './tickets/public.js';
export * from './channels/public.js';

export type {
  ApiContext,
  BaseContext,
  DeskContext,
  Flash,
  FormResult,
  InboundContext,
  PageOptions,
  PortalContext,
  PublicDeskContext,
  Upload,
  VisitorContext,
} from './web/context.js';
export { many, orNone, ticked, whole } from './web/check-form.js';
export { addressKey } from './agents/limits/address-key.js';
export { createLimiter, type Limiter } from './agents/limits/limiter.js';
export { FRAMED_POLICY } from './web/security-headers.js';
export { cleanText } from './web/clean-text.js';
export { sitePath } from './web/site-path.js';
export { transliterate } from './i18n/transliterate.js';
export type { Route } from './web/routers.js';

export { calendarDay, formatDate, formatFullTime, formatTime } from './i18n/format-times.js';
export { formatBytes, formatDuration, formatNumber } from './i18n/format-numbers.js';
export { isTimeZone, timeZoneOptions, type TimeZoneOption } from './i18n/time-zones.js';
export { safeHtml, type SafeHtml } from './views/safe-html.js';
export { checkTheme, type TemplateProblem } from './views/check-theme.js';
export { checkInstalledTheme } from './plugins/check-installed-theme.js';
export { HELPERS } from './views/helpers/helper-list.js';
export { escapeHtml } from './html/escape-html.js';
export { renderMarkdown } from './html/markdown.js';
export { plainMarks, renderChatText, type ChatMarks } from './html/render-chat-text.js';
export { sanitiseHtml, SANITISER_VERSION } from './html/sanitise-html.js';
export { startHistoryImport, type HistoryImport } from './import/import-history.js';
export type {
  AgentNoted,
  AgentReplied,
  ContactMet,
  DeskActed,
  FieldSet,
  HistoryEvent,
  MessageCame,
  OrganizationFounded,
  StatusMoved,
  TagPut,
  TicketSnoozed,
} from './import/history-event.js';
export { isSetUp, setUpCompany, type SetUpCompany } from './setup/set-up-company.js';
export { isSetupCode, readSetupCode, removeSetupCode } from './setup/setup-code.js';

export { addAccount, type AddAccount } from './actions/add-account.js';
export { accountFor, answerTicket, chooseAccount, type AnswerTicket } from './actions/answer-ticket.js';
export { changeAccount, type ChangeAccount } from './actions/change-account.js';
export { noteHeartbeat } from './actions/note-heartbeat.js';
export { refuseIntake } from './actions/refuse-intake.js';
export { removeAccount } from './actions/remove-account.js';
export { replayIntake } from './actions/replay-intake.js';
export { startTicket, type StartTicket } from './actions/start-ticket.js';
export { retryDelivery } from './actions/retry-delivery.js';
export { noteReceipt, type NoteReceipt } from './actions/note-receipt.js';
export {
  ParseLater,
  type AccountCheck,
  type Channel,
  type ChannelAccount,
  type ChannelApp,
  type ChannelLimits,
  type ChannelSetup,
  type ChannelTemplate,
  type ChosenTemplate,
  type DeliveryResult,
  type FreezeMessage,
  type OutgoingMessage,
  type RawMessage,
} from './channel.js';
export { emptyMessage, unreadableMessage } from './empty-message.js';
export { type TicketCandidate } from './hooks.js';
export { type IncomingAttachment, type IncomingMessage } from './incoming-message.js';
export { keepRaw, type KeepRaw } from './intake/keep-raw.js';
export { createLoop, type Loop } from './run-loop.js';
export {
  findAccount,
  listAccountHealth,
  listAccounts,
  openSecrets,
  type AccountHealth,
} from './queries/find-account.js';
export { findReplyWindow, type ReplyWindow } from './queries/find-reply-window.js';
export {
  balanceIntake,
  countParked,
  findIntake,
  listIntake,
  type IntakeBalance,
  type IntakeRecord,
} from './queries/list-intake.js';

export { assignTicket, type AssignTicket } from './actions/assign-ticket.js';
export { cancelMessage, type CancelMessage } from './actions/cancel-message.js';
export { decideSender, type DecideSender } from './actions/decide-sender.js';
export { undoSenderDecision, type UndoSenderDecision } from './actions/undo-sender-decision.js';
export { type SenderUndo } from './models/sender-undo.js';
export { listSenderQuestions, type SenderQuestion } from './queries/list-sender-questions.js';
export { changeTicketContact, type ChangeTicketContact } from './actions/change-ticket-contact.js';
export { chooseHat, type ChooseHat } from './actions/choose-hat.js';
export { closeTicket } from './actions/close-ticket.js';
export { keepUpload, type KeepUpload } from './actions/keep-upload.js';
export { linkTickets, type LinkTickets } from './actions/link-tickets.js';
export { markRead, type MarkRead } from './actions/mark-read.js';
export { moveToLine, type MoveToLine } from './actions/move-to-line.js';
export { noteOnTicket, type NoteOnTicket } from './actions/note-on-ticket.js';
export { openTicket, type OpenTicket } from './actions/open-ticket.js';
export {
  receiveMessage,
  type NewEvidence,
  type ReceiveMessage,
  type ReceiveOutcome,
} from './actions/receive-message.js';
export { renameStatus, type RenameStatus } from './actions/rename-status.js';
export { removeView, type RemoveView } from './actions/remove-view.js';
export { renameTicket, type RenameTicket } from './actions/rename-ticket.js';
export { renameType, type RenameType } from './actions/rename-type.js';
export { renameView, type RenameView } from './actions/rename-view.js';
export { reopenTicket } from './actions/reopen-ticket.js';
export {
  replyToTicket,
  type ReplyOutcome,
  type ReplyToTicket,
  type UndoReply,
} from './actions/reply-to-ticket.js';
export { saveDraft, type SaveDraft } from './actions/save-draft.js';
export { saveView, type SaveView } from './actions/save-view.js';
export { setDue, type SetDue } from './actions/set-due.js';
export { setPriority, type SetPriority } from './actions/set-priority.js';
export { setType, type SetType } from './actions/set-type.js';
export { snoozeTicket, type SnoozeTicket } from './actions/snooze-ticket.js';
export { solveTicket } from './actions/solve-ticket.js';
export { tagTicket, type TagTicket } from './actions/tag-ticket.js';
export { transferTicket, type TransferTicket } from './actions/transfer-ticket.js';
export { untagTicket, type UntagTicket } from './actions/untag-ticket.js';
export { waitForCustomer } from './actions/wait-for-customer.js';
export { waitForOthers } from './actions/wait-for-others.js';
export { wakeTicket, type WakeTicket } from './actions/wake-ticket.js';
export { Attachment, type AttachmentRecord } from './models/attachment.js';
export { Message, type MessageKind, type MessageRecord, type Participants } from './models/message.js';
export { type Participant } from './models/participant.js';
export { type SavedViewRecord } from './models/saved-view.js';
export { isDone, isOurMove, type StatusCategory, type StatusRecord } from './models/status.js';
export { Ticket, priorities, type Bucket, type Priority, type TicketRecord } from './models/ticket.js';
export { type OnTicket } from './change-field.js';
export { typing, type Typing, type TypingSide } from './typing.js';
export { cleanFileName, disposition, HEAD_BYTES, servedType, type ServedType } from './file-type.js';
export { type OnView } from './find-own-view.js';
export { type MoveStatus } from './move-status.js';
export { type TicketBadge } from './hooks.js';
export { NEVER } from './place-ticket.js';
export { seenBy, type TicketViewer } from './seen-by.js';
export { type NewAttachment, type NewMessage } from './insert-message.js';
export { countTickets, type TicketCounts } from './queries/count-tickets.js';
export { findAttachment } from './queries/find-attachment.js';
export { findMessage } from './queries/find-message.js';
export { findVisitorAttachment } from './queries/find-visitor-attachment.js';
export { findVisitorTicket } from './queries/find-visitor-ticket.js';
export {
  listVisitorTickets,
  type ListVisitorTickets,
  type VisitorTicket,
} from './queries/list-visitor-tickets.js';
export {
  readVisitorTimeline,
  type VisitorMessage,
  type VisitorTimeline,
} from './queries/read-visitor-timeline.js';
export { type Reader, type VisitorScope } from './visible-to.js';
export { findTicket } from './queries/find-ticket.js';
export { listContactStatuses, type ContactStatus } from './queries/list-contact-statuses.js';
export { guessHat, type GuessHat } from './queries/guess-hat.js';
export { type PickedHat } from './pick-hat.js';
export { listPlaces, sees, type TicketPlace } from './queries/list-places.js';
export { listViews } from './queries/list-views.js';
export {
  listTickets,
  type ListTickets,
  type TicketCursor,
  type TicketFilter,
  type TicketOrder,
  type TicketRow,
} from './queries/list-tickets.js';
export {
  listAllTags,
  listDraftMarks,
  listDrafts,
  listLinks,
  listStatuses,
  listTags,
  listTicketTypes,
  type DraftMark,
  type DraftRecord,
  type LinkedTicket,
  type TagRecord,
  type TicketTypeRecord,
} from './queries/read-ticket-side.js';
export {
  readTimeline,
  type DeliveryRecord,
  type EditRecord,
  type EvidenceRecord,
  type Timeline,
  type TimelineEvent,
} from './queries/read-timeline.js';
export { searchTickets, type FoundTicket, type SearchTickets } from './queries/search-tickets.js';
export { keepSavedReply, type KeepSavedReply } from './actions/keep-saved-reply.js';
export { removeSavedReply } from './actions/remove-saved-reply.js';
export { findSavedReply, listSavedReplies, type SavedReplyRecord } from './queries/list-saved-replies.js';

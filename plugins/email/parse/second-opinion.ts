import EmailReplyParser from 'email-reply-parser';
import type { CutReply } from './cut-reply.js';

const MAX_LENGTH = 16 * 1024;
const MAX_LINE_LENGTH = 1000;
// Without one of these the library only saw a rule or a short last paragraph.
const INTRODUCTION = /[:：]\s*$|@|^>/;

/**
 * What the library of patterns for further languages makes of a text in which our own rules found nothing.
 * Taken only where it keeps a start of the text: it also removes lines from the middle.
 */
export function secondOpinion(text: string): CutReply | null {
  if (text.length > MAX_LENGTH || text.split('\n').some((line) => line.length > MAX_LINE_LENGTH)) return null;
  const reply = new EmailReplyParser().read(text).getVisibleText().trim();
  const all = text.trim();
  if (reply === '' || reply.length === all.length || !all.startsWith(reply)) return null;
  const quote = all.slice(reply.length).trim();
  return INTRODUCTION.test(quote.split('\n', 1)[0] ?? '') ? { reply, quote } : null;
}

import { escapeHtml, plainMarks, renderChatText, type OutgoingMessage } from '@helpdesk/core';

// https://developers.viber.com/docs/api/rest-bot-api/#message-types

export const TEXT_MOST = 7000;
const CAPTION_MOST = 768;
const PICTURE_MOST = 1024 * 1024;
const PICTURES = ['image/jpeg', 'image/png', 'image/gif'];
const NAME_MOST = 256;

type Attachment = OutgoingMessage['attachments'][number];
export type Part = Readonly<Record<string, unknown>>;

/** The messages that an answer becomes: a picture with its words where that is all, else its words, then its files. */
export function partsOf(
  { text, attachments, buttons }: Pick<OutgoingMessage, 'text' | 'attachments' | 'buttons'>,
  linkTo: (attachment: Attachment) => string,
): Part[] {
  const words = renderChatText(text, plainMarks);
  const [first] = attachments;
  const isCaption = attachments.length === 1 && first && isPicture(first) && words.length <= CAPTION_MOST;
  const parts: Part[] = isCaption
    ? [{ type: 'picture', text: words, media: linkTo(first) }]
    : [{ type: 'text', text: words }, ...attachments.map((one) => filePart(one, linkTo(one)))];
  if (buttons.length === 0) return parts;
  // What stands under the chat is of the last message.
  return [...parts.slice(0, -1), { ...parts.at(-1), keyboard: keyboardOf(buttons) }];
}

function filePart(attachment: Attachment, media: string): Part {
  if (isPicture(attachment)) return { type: 'picture', text: '', media };
  const { size, filename } = attachment;
  return { type: 'file', media, size, file_name: filename.slice(-NAME_MOST) };
}

const isPicture = ({ contentType, size }: Attachment) =>
  PICTURES.includes(contentType) && size <= PICTURE_MOST;

const keyboardOf = (labels: readonly string[]) => ({
  Type: 'keyboard',
  DefaultHeight: false,
  Buttons: labels.map((label) => ({
    Columns: 6,
    Rows: 1,
    ActionType: 'reply',
    // What is sent as the customer's words.
    ActionBody: label,
    Text: escapeHtml(label),
  })),
});

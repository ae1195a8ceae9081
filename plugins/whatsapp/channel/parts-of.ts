import { renderChatText, type ChatMarks } from '@helpdesk/core';
import type { FileKind } from './upload-file.js';

/** https://faq.whatsapp.com/539178204879377: the marks that WhatsApp shows; there is no way to escape one. */
const marks: ChatMarks = {
  escape: (text) => text,
  strong: ['*', '*'],
  em: ['_', '_'],
  strike: ['~', '~'],
  code: ['`', '`'],
  block: ['```', '```'],
};

export const TEXT_MOST = 4096;
const CAPTION_MOST = 1024;
/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages */
const BUTTONS_TEXT_MOST = 1024;
const LABEL_MOST = 20;
const BUTTON_ID_MOST = 256;

export interface UploadedFile {
  readonly id: string;
  readonly kind: FileKind;
  readonly filename: string;
}
export type Part = Readonly<Record<string, unknown>>;

/** The messages that an answer becomes: its words once, its files one by one. The first file carries the words where it can. */
export function partsOf({
  text,
  files,
  buttons,
}: {
  text: string;
  files: readonly UploadedFile[];
  buttons: readonly string[];
}): Part[] {
  const words = renderChatText(text, marks);
  const [first, ...rest] = files;
  const fits = first && first.kind !== 'audio' && words.length <= CAPTION_MOST && buttons.length === 0;
  if (fits) return [filePart(first, words), ...rest.map((file) => filePart(file))];
  return [...textParts(words, buttons), ...files.map((file) => filePart(file))];
}

function textParts(words: string, buttons: readonly string[]): Part[] {
  const texts = split(words, TEXT_MOST);
  if (buttons.length === 0) return texts.map(textPart);
  // Words over buttons are shorter: what does not fit goes before.
  const pieces = split(words, BUTTONS_TEXT_MOST);
  const last = pieces.pop() ?? '';
  const before = split(words.slice(0, words.length - last.length).trimEnd(), TEXT_MOST);
  return [...before.filter((piece) => piece !== '').map(textPart), buttonsPart(last, buttons)];
}

const textPart = (body: string): Part => ({ type: 'text', text: { body } });

function filePart({ id, kind, filename }: UploadedFile, caption = ''): Part {
  const named = kind === 'document' ? { filename } : {};
  return { type: kind, [kind]: { id, ...named, ...(caption === '' ? {} : { caption }) } };
}

function buttonsPart(body: string, labels: readonly string[]): Part {
  const titles = labels.map(titleOf);
  const buttons = labels.map((label, i) => {
    const title = titles[i] ?? '';
    // Two titles must not be alike.
    const isTaken = titles.indexOf(title) < i;
    const reply = {
      id: label.slice(0, BUTTON_ID_MOST).trim(),
      title: isTaken ? `${i + 1} ${title}`.slice(0, LABEL_MOST) : title,
    };
    return { type: 'reply', reply };
  });
  return { type: 'interactive', interactive: { type: 'button', body: { text: body }, action: { buttons } } };
}

const titleOf = (label: string) =>
  label.length <= LABEL_MOST ? label : `${label.slice(0, LABEL_MOST - 1).toWellFormed()}…`;

/** Pieces of at most so many characters, cut between lines, else between words, else anywhere. */
export function split(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const head = rest.slice(0, most + 1);
    const at = [head.lastIndexOf('\n'), head.lastIndexOf(' ')].find((place) => place > most / 2) ?? most;
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return [...pieces, rest];
}

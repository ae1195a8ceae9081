import type { StoryAttachment } from './events.js';
import type { Contact } from './contacts.js';
import type { Facts } from './facts.js';
import type { Random } from './random.js';
import { fill, fillPlain } from './template.js';
import type { SmallTalk } from './words/words.js';

interface Letter {
  readonly talk: SmallTalk;
  readonly facts: Facts;
  readonly random: Random;
}

/** A first message: greeting, body, thanks, name. */
export function composeRequest({ talk, facts, random }: Letter, body: string, contact: Contact): string {
  const signatures = contact.organizations.length ? talk.businessSignatures : talk.privateSignatures;
  return join([
    fill(random.pick(talk.greetings), facts, random),
    body,
    fill(random.pick(talk.closings), facts, random),
    fillPlain(random.pick(signatures), facts, random),
  ]);
}

/** A later message of a customer: mostly just the words, sometimes with a name. */
export function composeFollowUp({ talk, facts, random }: Letter, body: string): string {
  return join([
    random.chance(0.3) ? fill(random.pick(talk.greetings), facts, random) : '',
    body,
    random.chance(0.35) ? (facts.words['firstName'] ?? '') : '',
  ]);
}

export function composeReply({ talk, facts, random }: Letter, body: string, apology: boolean): string {
  return join([
    fill(random.pick(talk.agentGreetings), facts, random),
    apology ? `${fill(random.pick(talk.apologies), facts, random)} ${body}` : body,
    fillPlain(random.pick(talk.agentSignatures), facts, random),
  ]);
}

/** The same text as simple HTML. */
export function toHtml(text: string): string {
  const paragraphs = text
    .split('\n\n')
    .map((paragraph) => `<p>${escape(paragraph).replaceAll('\n', '<br>')}</p>`);
  return paragraphs.join('\n');
}

const types: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export function composeAttachment({ facts, random }: Letter, names: readonly string[]): StoryAttachment {
  const filename = fillPlain(random.pick(names), facts, random);
  const extension = filename.split('.').at(-1) ?? '';
  const size = Math.round(12_000 + random.wait(180_000));
  return {
    filename,
    contentType: types[extension] ?? 'application/octet-stream',
    size,
    seed: random.between(1, 2 ** 31 - 1),
  };
}

/** Whether a text says that something is enclosed. */
export function mentionsFile(text: string): boolean {
  return /влож|прилаг|прилож|отправляю|вот снимки|attached|here they are|here are the pictures/i.test(text);
}

/** Whether it is pictures that a text encloses. */
export function mentionsPicture(text: string): boolean {
  return /фото|сним|photo|picture/i.test(text);
}

function join(parts: readonly string[]): string {
  return parts.filter(Boolean).join('\n\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

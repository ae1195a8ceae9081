import { whole } from '@helpdesk/core';
import { z } from 'zod';
import { PLACEHOLDERS, unknownPlaceholders } from '../channel/fill-placeholders.js';
import type { MailboxConfig } from '../channel/mailbox-config.js';

const template = z.string().max(2000).default('');

/** How the letters of a mailbox look, as a form gives it. */
export const LetterForm = z.object({
  fromName: z.string().trim().max(200).default(''),
  greetingRu: template,
  greetingEn: template,
  signatureRu: template,
  signatureEn: template,
  quote: z.enum(['none', 'last']),
  version: whole().positive(),
  /** Pressed when the letters are only to be shown. */
  preview: z.string().optional(),
});
export type LetterForm = z.infer<typeof LetterForm>;

/** The fields that are templates. */
export const TEMPLATES = ['fromName', 'greetingRu', 'signatureRu', 'greetingEn', 'signatureEn'] as const;
export type LetterFields = Pick<LetterForm, (typeof TEMPLATES)[number] | 'quote'>;

type LetterConfig = Pick<MailboxConfig, 'fromName' | 'greeting' | 'signature' | 'quote'>;

export const configOfForm = (form: LetterFields): LetterConfig => ({
  fromName: form.fromName,
  greeting: { ru: lines(form.greetingRu), en: lines(form.greetingEn) },
  signature: { ru: lines(form.signatureRu), en: lines(form.signatureEn) },
  quote: form.quote,
});

export const formOfConfig = ({ fromName, greeting, signature, quote }: LetterConfig): LetterFields => ({
  fromName,
  greetingRu: greeting.ru,
  signatureRu: signature.ru,
  greetingEn: greeting.en,
  signatureEn: signature.en,
  quote,
});

// Browsers send line ends as CRLF.
const lines = (text: string) => text.replaceAll('\r\n', '\n').trim();

/** By field: what it names that is no placeholder. */
export function unknownIn(form: LetterFields): Map<string, readonly string[]> {
  return new Map(
    TEMPLATES.map((name) => [name, unknownPlaceholders(form[name])] as const).filter(
      ([, unknown]) => unknown.length > 0,
    ),
  );
}

export const knownPlaceholders = PLACEHOLDERS.map((name) => `{{${name}}}`).join(', ');

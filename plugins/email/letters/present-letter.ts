import type { ChannelAccount, DeskContext } from '@helpdesk/core';
import { configOfForm, knownPlaceholders, TEMPLATES, type LetterFields } from './letter-form.js';
import { previewLetter } from './preview-letter.js';

export interface Shown {
  readonly typed: LetterFields | Readonly<Record<string, string>>;
  /** By field: a text key. */
  readonly problems?: Readonly<Record<string, string>>;
  /** By field: what it names that is no placeholder. */
  readonly unknown?: ReadonlyMap<string, readonly string[]>;
  /** Somebody else changed the mailbox meanwhile. */
  readonly isConflict?: boolean;
}

/** The form of a mailbox's letters and, while nothing is wrong with it, the letters themselves. */
export function presentLetter(
  ctx: DeskContext,
  account: ChannelAccount,
  { typed, problems = {}, unknown = new Map(), isConflict = false }: Shown,
): Record<string, unknown> {
  const values: Readonly<Record<string, string | undefined>> = { ...typed };
  const errorOf = (name: string): string | undefined => {
    const names = unknown.get(name);
    if (names) return ctx.t('email.letters.unknown', { unknown: names.join(', '), known: knownPlaceholders });
    const problem = problems[name];
    return problem === undefined ? undefined : ctx.t(problem);
  };
  const field = (name: string) => {
    const error = errorOf(name);
    const label = ctx.t(`email.letters.field.${name}`);
    return { name, label, value: values[name] ?? '', ...(error === undefined ? {} : { error }) };
  };
  const fields = [
    ...TEMPLATES.map((name) => ({
      ...field(name),
      ...(name === 'fromName' ? { maxlength: 200 } : { kind: 'textarea', rows: 3, maxlength: 2000 }),
    })),
    {
      ...field('quote'),
      kind: 'select',
      hint: ctx.t('email.letters.quoteHint'),
      options: ['last', 'none'].map((value) => ({
        value,
        label: ctx.t(`email.letters.quote.${value}`),
        selected: value === values['quote'],
      })),
    },
  ];
  const wrong = fields.filter(({ error }) => error !== undefined);
  return {
    name: account.name,
    address: account.address,
    version: account.version,
    known: ctx.t('email.letters.known', { known: knownPlaceholders }),
    fields,
    errors: wrong.map(({ name, label, error }) => ({ id: `f-${name}`, label, message: error })),
    isConflict,
    previews: wrong.length > 0 ? [] : previewsOf(ctx, account, typed as LetterFields),
  };
}

function previewsOf(ctx: DeskContext, account: ChannelAccount, typed: LetterFields) {
  const config = configOfForm(typed);
  return (['ru', 'en'] as const).map((language) => ({
    ...previewLetter(ctx, { account, config, language }),
    title: ctx.t(`email.letters.preview.${language}`),
  }));
}

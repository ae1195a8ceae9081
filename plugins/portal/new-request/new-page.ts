import type { VisitorContext } from '@helpdesk/core';
import type { ArticleSuggestion } from '../contract.js';
import type { KeptFile } from '../files/keep-files.js';
import type { Portal } from '../portal.js';
import { readChoices, type Choices } from './choices.js';

export interface NewForm {
  readonly typed?: Readonly<Record<string, string>>;
  /** By field: text keys. */
  readonly problems?: Readonly<Record<string, string>>;
  readonly files?: readonly KeptFile[];
  /** Words of what is wrong with the files. */
  readonly wrongFiles?: string | undefined;
  readonly articles?: readonly ArticleSuggestion[];
  /** Minutes to wait. */
  readonly tooMany?: number;
}

export async function newPage(ctx: VisitorContext, portal: Portal): Promise<void> {
  const { query } = ctx;
  const typed = { subject: (query['subject'] ?? '').slice(0, 200) };
  await showNew(ctx, portal, { form: { typed }, choices: await readChoices(ctx, portal) });
}

export async function showNew(
  ctx: VisitorContext,
  portal: Portal,
  { form, choices }: { form: NewForm; choices: Choices },
): Promise<void> {
  const isWrong = form.wrongFiles !== undefined || Object.keys(form.problems ?? {}).length > 0;
  await ctx.render(
    'portal/new-request',
    { contactId: ctx.contactId, form: presentForm(ctx, portal, { form, choices }) },
    { status: form.tooMany ? 429 : isWrong ? 422 : 200, page: { scripts: ['portal/portal.js'] } },
  );
}

/** The form, on its page and on the start page. */
export function presentForm(
  { t }: VisitorContext,
  portal: Portal,
  { form, choices }: { form: NewForm; choices: Choices },
): Record<string, unknown> {
  const { typed = {}, problems = {}, files = [], wrongFiles, articles = [] } = form;
  const field = (name: string) => ({
    value: typed[name] ?? '',
    ...(problems[name] ? { error: t(problems[name]) } : {}),
  });
  const options = (name: string, all: Choices['hats']) =>
    all.map((one) => ({ ...one, selected: one.value === (typed[name] ?? '') }));
  const errors = Object.entries(problems).map(([name, key]) => ({
    id: `f-${name}`,
    label: t(`portal.new.${name}`),
    message: t(key),
  }));
  return {
    isClosed: choices.entrances.length === 0,
    subject: field('subject'),
    text: field('text'),
    types:
      choices.types.length > 0
        ? [{ value: '', label: t('portal.new.noType') }, ...options('type', choices.types)]
        : undefined,
    typeError: field('type').error,
    hats: choices.hats.length > 1 ? options('hat', choices.hats) : undefined,
    hatError: field('hat').error,
    lines: choices.lines.length > 0 ? options('line', choices.lines) : undefined,
    lineError: field('line').error,
    files,
    wrongFiles,
    articles,
    isAnyway: articles.length > 0,
    tooMany: form.tooMany && t('portal.request.often', { count: form.tooMany }),
    errors: wrongFiles
      ? [...errors, { id: 'f-files', label: t('portal.files.label'), message: wrongFiles }]
      : errors,
    promise: portal.settings().promise || t('portal.new.promise'),
  };
}

import { guessHat, setType, type VisitorContext } from '@helpdesk/core';
import { keepFiles } from '../files/keep-files.js';
import { takeTurn } from '../intake/limits.js';
import { senderOf } from '../intake/sender-of.js';
import { takeIn } from '../intake/take-in.js';
import type { Portal } from '../portal.js';
import { readChoices, type Choices } from './choices.js';
import { NewRequest } from './form.js';
import { showNew } from './new-page.js';
import { suggestArticles } from './suggestions.js';

/** A new request. Articles that may help are shown once before it is taken in, where nobody has seen them yet. */
export async function takeRequest(ctx: VisitorContext, portal: Portal): Promise<void> {
  const [choices, checked] = await Promise.all([readChoices(ctx, portal), ctx.readForm(NewRequest)]);
  const kept = checked.ok ? checked.value.kept : [];
  const { files, problem: wrongFiles } = await keepFiles(ctx, portal, kept);
  const typed = await ctx.typed();
  const problems = checked.ok ? wrongChoices(checked.value, choices) : checked.problems;
  const again = { typed, files, wrongFiles, problems };
  if (!checked.ok || wrongFiles !== undefined || Object.keys(problems).length > 0)
    return showNew(ctx, portal, { form: again, choices });
  const request = checked.value;
  const articles = request.anyway ? [] : await suggestArticles(ctx, `${request.subject} ${request.text}`);
  if (articles.length > 0) return showNew(ctx, portal, { form: { ...again, articles }, choices });
  const entrance =
    choices.entrances.find(({ lineId }) => String(lineId) === request.line) ?? choices.entrances[0];
  if (!entrance) return showNew(ctx, portal, { form: again, choices });
  const minutes = takeTurn(ctx, 'messages');
  if (minutes > 0) return showNew(ctx, portal, { form: { ...again, tooMany: minutes }, choices });
  const sender = await senderOf(ctx);
  const outcome = await takeIn(ctx.app, {
    account: { id: entrance.accountId, lineId: entrance.lineId },
    from: { contactId: ctx.contactId },
    sender,
    ticketId: null,
    subject: request.subject,
    text: request.text,
    attachments: files.map(({ attachment }) => attachment),
    membership: await hatOf(ctx, request, { lineId: entrance.lineId, address: sender.value, choices }),
    language: ctx.language,
    once: request.once,
  });
  const { ticketId } = outcome;
  if (request.type !== '' && outcome.state === 'delivered')
    await setType(ctx.app, { ticketId, type: request.type, actor: ctx.actor });
  if (outcome.state === 'delivered') await tellFields(ctx, ticketId, typed);
  const row: { number: number } | undefined = await ctx.db('tickets').where({ id: ticketId }).first('number');
  ctx.flash({ text: ctx.t('portal.new.taken', { number: row?.number ?? 0 }), tone: 'ok' });
  ctx.redirect(`/requests/${row?.number ?? ''}`);
}

const FIELDS_MOST = 50;
const VALUE_MOST = 10_000;

/** The fields that other plugins put into the form. */
async function tellFields(
  { app, contactId, actor }: VisitorContext,
  ticketId: number,
  typed: Readonly<Record<string, string>>,
): Promise<void> {
  if (!app.hooks.listens('portal.fields')) return;
  const theirs = Object.entries(typed).filter(
    ([name, value]) => name.includes('.') && value.length <= VALUE_MOST,
  );
  const fields = Object.fromEntries(theirs.slice(0, FIELDS_MOST));
  await app.hooks.collect('portal.fields', { ticketId, contactId, fields, actor });
}

/** Only what was offered can be chosen. */
function wrongChoices({ type, hat, line }: NewRequest, choices: Choices): Record<string, string> {
  const isOffered = (value: string, all: Choices['hats']) => all.some((one) => one.value === value);
  return {
    ...(type === '' || isOffered(type, choices.types) ? {} : { type: 'core.form.choice' }),
    ...(hat === undefined || hat === '' || isOffered(hat, choices.hats) ? {} : { hat: 'core.form.choice' }),
    ...(line === '' || isOffered(line, choices.lines) ? {} : { line: 'core.form.choice' }),
  };
}

/** The role that was chosen, else the one that is likely. */
async function hatOf(
  { db, contactId, now }: VisitorContext,
  { hat, subject }: NewRequest,
  { lineId, address, choices }: { lineId: number; address: string; choices: Choices },
) {
  if (choices.hats.length > 1 && hat !== undefined)
    return hat === '' ? null : { id: Number(hat), reason: 'portal.hat.chosen' };
  return guessHat(db, { contactId, lineId, address, channel: 'portal', subject, now });
}

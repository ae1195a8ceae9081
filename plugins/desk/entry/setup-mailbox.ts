import { listLines, type DeskContext } from '@helpdesk/core';
import { mailboxSetup, sampleMail, type MailboxGuess, type MailboxSetup } from '@helpdesk/core/contracts';
import { z } from 'zod';
import {
  MailboxForm,
  presentMailboxForm,
  presentProvider,
  presentSteps,
  providerOf,
  settingsOf,
  withServers,
} from './mailbox-form.js';
import { setupSteps } from './setup.js';
import { moveSetup } from './setup-progress.js';

/** Step 2: a mailbox, sample mail, or later. */
export async function mailboxStep(ctx: DeskContext): Promise<void> {
  await show(ctx, {});
}

const Choice = z.object({ do: z.enum(['connect', 'sample', 'skip', 'recognise']).default('connect') });

export async function saveMailboxStep(ctx: DeskContext): Promise<void> {
  const choice = await ctx.form(Choice);
  if (choice.do === 'skip') return goOn(ctx);
  if (choice.do === 'sample') {
    await ctx.app.service(sampleMail)?.load(ctx.language, ctx.actor);
    return goOn(ctx);
  }
  const setup = ctx.app.service(mailboxSetup);
  const typed = await ctx.typed();
  if (!setup) return show(ctx, { typed, note: 'desk.setup.mailbox.none' });
  const form = await ctx.readForm(MailboxForm);
  if (!form.ok) return show(ctx, { typed, problems: form.problems });
  const { password, imapHost } = form.value;
  // An address alone is nothing to try yet: the provider says what it wants for a password.
  if (choice.do === 'recognise' || (password === '' && imapHost === ''))
    return recognise(ctx, { setup, typed });
  if (password === '') return show(ctx, { typed, problems: { password: 'core.form.required' } });
  const settings = await settingsOf(setup, form.value);
  if (!settings) return show(ctx, { typed: { ...typed, isOpen: '1' }, note: 'desk.mailbox.unknown' });
  const checked = await setup.check(settings);
  if (!checked.ok && form.value.anyway !== 'on')
    return show(ctx, {
      typed: withServers(typed, settings),
      steps: presentSteps(ctx, checked.steps),
      provider: await providerOf(setup, settings),
    });
  const [line] = await listLines(ctx.db);
  await setup.add({ ...settings, lineId: line?.id ?? 0, name: form.value.address, actor: ctx.actor });
  ctx.flash({ text: ctx.t('desk.mailbox.connected', { address: form.value.address }), tone: 'ok' });
  await goOn(ctx);
}

async function goOn(ctx: DeskContext): Promise<void> {
  await moveSetup(ctx.app, 'team', ctx.actor);
  ctx.redirect('/desk/setup/team');
}

async function recognise(
  ctx: DeskContext,
  { setup, typed }: { setup: MailboxSetup; typed: Readonly<Record<string, string>> },
): Promise<void> {
  const provider = await setup.recognise(typed['address'] ?? '');
  if (!provider) return show(ctx, { typed: { ...typed, isOpen: '1' }, note: 'desk.mailbox.unknown' });
  await show(ctx, { typed: withServers(typed, provider), provider });
}

interface Shown {
  typed?: Readonly<Record<string, string>>;
  problems?: Readonly<Record<string, string>>;
  steps?: unknown;
  note?: string;
  provider?: MailboxGuess | null;
}

async function show(
  ctx: DeskContext,
  { typed = {}, problems = {}, steps, note, provider = null }: Shown,
): Promise<void> {
  // Servers that are known need no look; those that were guessed, or did not answer, do.
  const isSure = provider !== null && provider.helpUrl !== null && steps === undefined;
  const isWrong = Object.keys(problems).length > 0 || steps !== undefined || note !== undefined;
  await ctx.render(
    'desk/setup-mailbox',
    {
      steps: setupSteps(ctx, 2),
      form: { ...presentMailboxForm(ctx, { typed, problems }), ...(isSure ? { isOpen: false } : {}) },
      checked: steps,
      note: note ? ctx.t(note) : undefined,
      provider: presentProvider(ctx, provider),
      isRecognised: provider !== null,
      canSample: ctx.app.service(sampleMail) !== undefined,
    },
    { status: isWrong ? 422 : 200 },
  );
}

import { ticked, type Links, type PortalContext } from '@helpdesk/core';
import { z } from 'zod';
import { readScore } from '../kinds/kind.js';
import { isFormSeal, sealForm } from './form-seal.js';
import { openLink, sealStop, type Opened } from './open-link.js';
import { presentSheet, sayIn } from './present-page.js';
import { saveAnswer } from './save-answer.js';

const COMMENT_MOST = 5000;
// What is wrong with a score is said by the page itself.
const Answer = z.object({
  score: z.string().max(10).optional(),
  comment: z.string().max(COMMENT_MOST, 'core.form.tooLong').default(''),
  mayContact: ticked(),
  seal: z.string().max(2000).optional(),
});

interface Typed {
  readonly score: number | undefined;
  readonly comment: string;
  readonly mayContact: boolean;
  /** A text key. */
  readonly problem?: string;
}

/** The form, with the score of the link chosen. Opening it records nothing, however often and by whatever program. */
export async function answerPage(ctx: PortalContext, links: Links): Promise<void> {
  const opened = await openLink(ctx, links);
  if (!opened.ok) return showClosed(ctx, opened.because);
  const { invitation, survey } = opened;
  if (ctx.query['done'] === '1' && invitation.score !== null) return showThanks(ctx, opened);
  const score = readScore(survey.kind, ctx.query['score']) ?? invitation.score ?? undefined;
  const { comment, mayContact } = invitation;
  await showForm(ctx, { links, opened, typed: { score, comment, mayContact: mayContact === 1 } });
}

/** Records the answer, of those who have seen the form. It may be changed as long as the link is good. */
export async function takeAnswer(ctx: PortalContext, links: Links): Promise<void> {
  const opened = await openLink(ctx, links);
  if (!opened.ok) return showClosed(ctx, opened.because);
  const { invitation, survey } = opened;
  const given = await readAnswer(ctx);
  const score = readScore(survey.kind, given.score);
  const { comment, mayContact } = given;
  const problem =
    given.problem ??
    (score === undefined
      ? 'surveys.page.choose'
      : isFormSeal(links, given.seal, invitation.id)
        ? undefined
        : 'surveys.page.again');
  if (problem || score === undefined)
    return showForm(ctx, { links, opened, typed: { score, comment, mayContact, problem } });
  const { threshold } = survey.definition;
  const isKept = await saveAnswer(ctx.app, {
    invitationId: invitation.id,
    score,
    comment,
    mayContact,
    threshold,
  });
  if (!isKept) return showClosed(ctx, 'expired');
  ctx.redirect(`${ctx.path}?${new URLSearchParams({ done: '1', lang: languageOf(ctx, opened) }).toString()}`);
}

/** What was sent, also when it cannot be taken: nothing that was typed is lost. */
async function readAnswer(ctx: PortalContext) {
  const form = await ctx.readForm(Answer);
  if (form.ok) return { ...form.value, comment: form.value.comment.trim(), problem: undefined };
  const { score, comment = '', seal, mayContact } = form.typed;
  return { score, comment, seal, mayContact: mayContact === '1', problem: 'core.form.tooLong' };
}

async function showForm(
  ctx: PortalContext,
  { links, opened, typed }: { links: Links; opened: Opened; typed: Typed },
): Promise<void> {
  const { invitation, survey, ticket } = opened;
  const language = languageOf(ctx, opened);
  const say = sayIn(ctx.app, language);
  const { kind, definition } = survey;
  const { problem } = typed;
  await ctx.render(
    'surveys/answer',
    {
      ...presentSheet({ ...typed, say, kind, question: definition.question[language], ticket }),
      language,
      action: `${ctx.path}?lang=${language}`,
      seal: sealForm(links, invitation.id),
      problem: problem && say(problem),
      chosen:
        problem === undefined && typed.score !== undefined && invitation.score === null
          ? say('surveys.page.chosen')
          : undefined,
      stopUrl: `/surveys/stop/${sealStop(links, invitation.id)}?lang=${language}`,
    },
    { status: problem ? 422 : 200, page: pageIn(ctx) },
  );
}

async function showThanks(ctx: PortalContext, opened: Opened): Promise<void> {
  const language = languageOf(ctx, opened);
  const say = sayIn(ctx.app, language);
  await ctx.render(
    'surveys/thanks',
    {
      language,
      title: say('surveys.page.thanks'),
      text: opened.survey.definition.thanks[language],
      changeUrl: `${ctx.path}?lang=${language}`,
      changeLabel: say('surveys.page.change'),
    },
    { page: pageIn(ctx) },
  );
}

/** Kind words instead of an error; there is nothing the customer did wrong. */
export async function showClosed(ctx: PortalContext, because: 'wrong' | 'expired'): Promise<void> {
  const language = wantedLanguage(ctx) ?? ctx.language;
  const say = sayIn(ctx.app, language);
  await ctx.render(
    'surveys/thanks',
    { language, title: say(`surveys.page.${because}`), text: say(`surveys.page.${because}.text`) },
    { status: because === 'wrong' ? 404 : 410, page: pageIn(ctx) },
  );
}

/** The one that was chosen on the page, else the one of the invitation. */
const languageOf = (ctx: PortalContext, { invitation }: Opened): 'ru' | 'en' => languageIn(ctx, invitation);
export const languageIn = (ctx: PortalContext, { language }: { language: 'ru' | 'en' }): 'ru' | 'en' =>
  wantedLanguage(ctx) ?? language;

function wantedLanguage({ query }: PortalContext): 'ru' | 'en' | undefined {
  const { lang } = query;
  return lang === 'ru' || lang === 'en' ? lang : undefined;
}

/** The other language is one click away; what was chosen in the letter goes along. */
export function pageIn({ path, query }: PortalContext) {
  const kept = Object.entries(query).filter(([name]) => name === 'score' || name === 'done');
  const languages = (['ru', 'en'] as const).map((code) => ({
    code,
    label: code === 'ru' ? 'Русский' : 'English',
    href: `${path}?${new URLSearchParams([...kept, ['lang', code]]).toString()}`,
  }));
  return { languages, styles: ['surveys/surveys.css'] };
}

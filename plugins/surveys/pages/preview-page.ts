import type { DeskContext } from '@helpdesk/core';
import { presentSheet, sayIn } from '../answer/present-page.js';
import { writeLetter } from '../invite/write-letter.js';
import { findSurvey } from '../surveys/list-surveys.js';
import { SETTINGS } from './list-page.js';
import { pathId } from './path-id.js';

const NUMBER = 1234;

/** What a customer gets and sees, in one of the languages; nothing on it can be sent. */
export async function previewPage(ctx: DeskContext): Promise<void> {
  const { id, kind, definition } = await findSurvey(ctx.db, pathId(ctx));
  const language = ctx.query['lang'] === 'ru' ? 'ru' : 'en';
  const say = sayIn(ctx.app, language);
  const question = definition.question[language];
  const ticket = { number: NUMBER, subject: say('surveys.preview.subject') };
  const pageUrl = `${ctx.app.company.url}/surveys/…`;
  const letter = writeLetter({
    kind,
    question,
    company: ctx.app.company.name,
    ticket,
    validDays: definition.validDays,
    pageUrl,
    stopUrl: pageUrl,
    say,
  });
  await ctx.render(
    'surveys/preview',
    {
      ...presentSheet({ say, kind, question, score: undefined, comment: '', mayContact: false, ticket }),
      isPreview: true,
      language,
      title: ctx.t('surveys.preview.title'),
      letterTitle: ctx.t('surveys.preview.letter'),
      subject: letter.subject,
      text: letter.text,
      thanks: definition.thanks[language],
      backUrl: `${SETTINGS}/${id}`,
      backText: ctx.t('surveys.preview.back'),
    },
    { page: { styles: ['surveys/surveys.css'] } },
  );
}

import type { DeskContext } from '@helpdesk/core';
import { removeSurvey, switchSurvey } from '../surveys/change-survey.js';
import { findSurvey, listSurveys } from '../surveys/list-surveys.js';
import { pathId } from './path-id.js';

export const SETTINGS = '/desk/surveys/settings';

/** All surveys with what each asks and whether it does. */
export async function surveysPage(ctx: DeskContext): Promise<void> {
  const surveys = await listSurveys(ctx.db);
  await ctx.render('surveys/settings', {
    newUrl: `${SETTINGS}/new`,
    surveys: surveys.map(({ id, name, kind, isOn, definition }) => ({
      name,
      isOn,
      href: `${SETTINGS}/${id}`,
      switchUrl: `${SETTINGS}/${id}/switch`,
      kind: ctx.t(`surveys.kind.${kind}`),
      question: definition.question[ctx.language],
      when: ctx.t(`surveys.when.${definition.trigger}`, { n: definition.replies }),
      delay: ctx.t(`surveys.delay.${definition.delayKind}`, {
        count: definition.delayHours,
      }),
    })),
  });
}

export async function switchSurveyPage(ctx: DeskContext): Promise<void> {
  const { id, isOn } = await findSurvey(ctx.db, pathId(ctx));
  await switchSurvey(ctx.app, { surveyId: id, isOn: !isOn, actor: ctx.actor });
  ctx.flash({ text: ctx.t(isOn ? 'surveys.settings.switchedOff' : 'surveys.settings.switchedOn') });
  ctx.redirect(SETTINGS);
}

export async function removeSurveyPage(ctx: DeskContext): Promise<void> {
  const { id } = await findSurvey(ctx.db, pathId(ctx));
  await removeSurvey(ctx.app, { surveyId: id, actor: ctx.actor });
  ctx.flash({ text: ctx.t('surveys.settings.removed') });
  ctx.redirect(SETTINGS);
}

import { change, type Actor, type App } from '@helpdesk/core';
import '../survey-hooks.js';

interface OnSurvey {
  surveyId: number;
  actor: Actor;
}

/** On: it asks about what happens from now on. Off: what waits to be sent is not. */
export async function switchSurvey(
  app: App,
  { surveyId, isOn, actor }: OnSurvey & { isOn: boolean },
): Promise<void> {
  await change(app, async ({ trx, announce }) => {
    const changed = await trx('surveys_surveys')
      .where({ id: surveyId, isOn: isOn ? 0 : 1 })
      .whereNull('removedAt')
      .update({ isOn: isOn ? 1 : 0 });
    if (changed > 0) announce('surveys.switched', { surveyId, isOn, actor });
  });
}

/** Its answers stay. */
export async function removeSurvey(app: App, { surveyId, actor }: OnSurvey): Promise<void> {
  await change(app, async ({ trx, at, announce }) => {
    const changed = await trx('surveys_surveys')
      .where({ id: surveyId })
      .whereNull('removedAt')
      .update({ isOn: 0, removedAt: at });
    if (changed > 0) announce('surveys.removed', { surveyId, actor });
  });
}

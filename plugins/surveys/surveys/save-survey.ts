import { change, errors, type Actor, type App } from '@helpdesk/core';
import type { Kind } from '../kinds/kind.js';
import type { Definition } from './survey.js';
import '../survey-hooks.js';

export interface SaveSurvey {
  name: string;
  kind: Kind;
  definition: Definition;
  /** One that is there; its kind stays. A new one is off. */
  surveyId?: number;
  expectedVersion?: number;
  actor: Actor;
}

/** @returns its id @throws TICKET_CHANGED when somebody else saved it in the meantime */
export async function saveSurvey(app: App, input: SaveSurvey): Promise<number> {
  const { name, kind, surveyId, expectedVersion, actor } = input;
  const definition = JSON.stringify(input.definition);
  return change(app, async ({ trx, at, announce }) => {
    if (surveyId === undefined) {
      const [made] = await trx('surveys_surveys')
        .insert({ name, kind, definition, isOn: 0, version: 1, createdAt: at })
        .returning<{ id: number }[]>('id');
      const { id } = made as { id: number };
      announce('surveys.saved', { surveyId: id, version: 1, actor });
      return id;
    }
    const place = { id: surveyId, ...(expectedVersion === undefined ? {} : { version: expectedVersion }) };
    const [saved] = await trx('surveys_surveys')
      .where(place)
      .whereNull('removedAt')
      .update({ name, definition, version: trx.raw('version + 1') })
      .returning<{ version: number }[]>('version');
    if (!saved) throw errors.TICKET_CHANGED();
    announce('surveys.saved', { surveyId, version: saved.version, actor });
    return surveyId;
  });
}

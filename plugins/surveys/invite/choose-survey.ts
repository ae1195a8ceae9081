import type { TicketRecord } from '@helpdesk/core';
import type { SurveyRecord, Trigger } from '../surveys/survey.js';

/** What a survey is chosen by. */
export interface Occasion {
  readonly trigger: Trigger;
  readonly ticket: Pick<TicketRecord, 'lineId' | 'type'>;
  readonly language: 'ru' | 'en';
  readonly segmentId: number | null;
  /** Answers that people of the team have written so far. */
  readonly replies: number;
}

/** The first survey that is on and asks about this. */
export const chooseSurvey = (
  surveys: readonly SurveyRecord[],
  occasion: Occasion,
): SurveyRecord | undefined => surveys.find((survey) => survey.isOn && isFor(survey, occasion));

function isFor(survey: SurveyRecord, occasion: Occasion): boolean {
  const { definition } = survey;
  const { trigger, replies } = occasion;
  if (definition.trigger !== trigger) return false;
  if (trigger === 'reply' && definition.replies !== replies) return false;
  return isAbout(survey, occasion);
}

/** Whether a survey asks about tickets like this, whatever has happened to it. */
export function isAbout(
  { definition }: SurveyRecord,
  { ticket, language, segmentId }: Pick<Occasion, 'ticket' | 'language' | 'segmentId'>,
): boolean {
  return (
    among(definition.lineIds, ticket.lineId) &&
    among(definition.types, ticket.type) &&
    among(definition.segmentIds, segmentId) &&
    among(definition.languages, language)
  );
}

const among = <T>(allowed: readonly T[], value: T | null): boolean =>
  allowed.length === 0 || (value !== null && allowed.includes(value));

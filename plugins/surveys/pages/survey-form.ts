import { many, ticked, whole } from '@helpdesk/core';
import { z } from 'zod';
import { KINDS, scaleOf, type Kind } from '../kinds/kind.js';
import { TRIGGERS, type Definition, type SurveyRecord } from '../surveys/survey.js';

const line = z.string().trim().min(1).max(200);
const lines = z.string().trim().min(1).max(1000);

/** What the form of a survey sends; its names are those of the fields. */
export const SurveyForm = z.object({
  name: z.string().trim().min(1).max(100),
  kind: z.enum(KINDS),
  questionRu: line,
  questionEn: line,
  thanksRu: lines,
  thanksEn: lines,
  trigger: z.enum(TRIGGERS),
  replies: whole().min(1).max(50),
  delayHours: whole().min(0).max(720),
  delayKind: z.enum(['calendar', 'business']),
  lineIds: many(whole()),
  types: many(z.string().max(100)),
  segmentIds: many(whole()),
  languages: many(z.enum(['ru', 'en'])),
  validDays: whole().min(1).max(90),
  threshold: whole().min(0).max(10),
  isAlerting: ticked(),
  opensFollowUp: ticked(),
  version: z.string().max(10).optional(),
});
export type SurveyForm = z.infer<typeof SurveyForm>;

/** What is in the fields: a text, a list for check boxes. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

export function toDefinition(form: SurveyForm): Definition {
  const { questionRu, questionEn, thanksRu, thanksEn, name: _, kind: __, version: ___, ...rest } = form;
  return {
    ...rest,
    question: { ru: questionRu, en: questionEn },
    thanks: { ru: thanksRu, en: thanksEn },
  };
}

export function toTyped({ name, kind, definition }: SurveyRecord): Typed {
  const { question, thanks, lineIds, types, segmentIds, languages, ...rest } = definition;
  return {
    name,
    kind,
    questionRu: question.ru,
    questionEn: question.en,
    thanksRu: thanks.ru,
    thanksEn: thanks.en,
    trigger: rest.trigger,
    replies: String(rest.replies),
    delayHours: String(rest.delayHours),
    delayKind: rest.delayKind,
    lineIds: lineIds.map(String),
    types,
    segmentIds: segmentIds.map(String),
    languages,
    validDays: String(rest.validDays),
    threshold: String(rest.threshold),
    isAlerting: rest.isAlerting ? 'true' : '',
    opensFollowUp: rest.opensFollowUp ? 'true' : '',
  };
}

type SayIn = (language: 'ru' | 'en', key: string) => string;

/** A new survey of a kind, ready to be switched on as it is. */
export const newTyped = (kind: Kind, say: SayIn): Typed => ({
  name: '',
  kind,
  questionRu: say('ru', `surveys.${kind}.question`),
  questionEn: say('en', `surveys.${kind}.question`),
  thanksRu: say('ru', 'surveys.new.thanks'),
  thanksEn: say('en', 'surveys.new.thanks'),
  trigger: 'solved',
  replies: '1',
  delayHours: '4',
  delayKind: 'calendar',
  lineIds: [],
  types: [],
  segmentIds: [],
  languages: [],
  validDays: '14',
  threshold: String(scaleOf(kind).bad),
  isAlerting: 'true',
  opensFollowUp: '',
});

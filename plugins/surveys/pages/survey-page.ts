import { isError, type DeskContext, type FormResult } from '@helpdesk/core';
import { z } from 'zod';
import { KINDS, scaleOf, type Kind } from '../kinds/kind.js';
import type { Segments } from '../segments.js';
import { findSurvey } from '../surveys/list-surveys.js';
import { saveSurvey } from '../surveys/save-survey.js';
import { SETTINGS } from './list-page.js';
import { readNames, type Names } from './names.js';
import { pathId } from './path-id.js';
import { presentForm } from './present-form.js';
import { newTyped, SurveyForm, toDefinition, toTyped, type Typed } from './survey-form.js';

/** Asked each time: the plugin of segments comes and goes. */
export type Services = { readonly segments?: Segments | undefined };

interface Shown {
  readonly typed: Typed;
  readonly kind: Kind;
  readonly problems?: Readonly<Record<string, string>>;
  readonly surveyId?: number;
  readonly version?: string;
  readonly isConflict?: boolean;
  readonly status?: number;
}

const kindIn = (text: string | undefined): Kind => KINDS.find((kind) => kind === text) ?? 'csat';

/** Kinds are links: each brings its own words and scale. */
export async function newSurveyPage(ctx: DeskContext, services: Services): Promise<void> {
  const kind = kindIn(ctx.query['kind']);
  await show(ctx, services, { kind, typed: newTyped(kind, (language, key) => ctx.app.t(language, key)) });
}

export async function surveyPage(ctx: DeskContext, services: Services): Promise<void> {
  const survey = await findSurvey(ctx.db, pathId(ctx));
  const { id, kind, version } = survey;
  await show(ctx, services, { kind, typed: toTyped(survey), surveyId: id, version: String(version) });
}

export const createSurveyPage = (ctx: DeskContext, services: Services): Promise<void> => take(ctx, services);

export async function changeSurveyPage(ctx: DeskContext, services: Services): Promise<void> {
  const { id, kind } = await findSurvey(ctx.db, pathId(ctx));
  await take(ctx, services, { surveyId: id, kind });
}

async function take(
  ctx: DeskContext,
  services: Services,
  known: { surveyId?: number; kind?: Kind } = {},
): Promise<void> {
  const form = await ctx.readForm(SurveyForm);
  const typed = await typedOf(ctx);
  const { surveyId } = known;
  const kind = known.kind ?? kindIn(String(typed['kind'] ?? ''));
  const version = String(typed['version'] ?? '');
  const at = { typed, kind, version, ...(surveyId === undefined ? {} : { surveyId }) };
  const names = await namesOf(ctx, services);
  const problems = check(form, kind, names);
  if (!form.ok || Object.keys(problems).length > 0)
    return show(ctx, services, { ...at, problems, status: 422 });
  try {
    await saveSurvey(ctx.app, {
      name: form.value.name,
      kind,
      definition: toDefinition(form.value),
      ...(surveyId === undefined ? {} : { surveyId, expectedVersion: Number(version) || 0 }),
      actor: ctx.actor,
    });
  } catch (error) {
    if (!isError(error, 'TICKET_CHANGED')) throw error;
    return show(ctx, services, { ...at, isConflict: true, status: 409 });
  }
  ctx.flash({ text: ctx.t('surveys.settings.saved') });
  ctx.redirect(SETTINGS);
}

/** What was typed, lists included: first values alone would lose boxes that were ticked. */
async function typedOf(ctx: DeskContext): Promise<Typed> {
  const anything = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
  return ctx.form(anything);
}

function check(form: FormResult<SurveyForm>, kind: Kind, names: Names): Readonly<Record<string, string>> {
  if (!form.ok)
    // A list's mistake is that of one of its entries: "lineIds.0".
    return Object.fromEntries(
      Object.entries(form.problems).map(([name, key]) => [name.split('.')[0] ?? name, key]),
    );
  const { threshold, lineIds, segmentIds, types } = form.value;
  const { min, max } = scaleOf(kind);
  const problems: Record<string, string> = {};
  if (threshold < min || threshold >= max) problems['threshold'] = 'surveys.problem.threshold';
  const isKnown = (choices: Names['lines'], values: readonly (string | number)[]) =>
    values.every((value) => choices.some((choice) => choice.value === String(value)));
  if (!isKnown(names.lines, lineIds)) problems['lineIds'] = 'core.form.choice';
  if (!isKnown(names.types, types)) problems['types'] = 'core.form.choice';
  if (!isKnown(names.segments, segmentIds)) problems['segmentIds'] = 'core.form.choice';
  return problems;
}

const namesOf = (ctx: DeskContext, { segments }: Services) =>
  readNames(ctx.app, { segments, t: (key) => ctx.t(key) });

async function show(
  ctx: DeskContext,
  services: Services,
  { typed, kind, problems = {}, surveyId, version, isConflict = false, status = 200 }: Shown,
): Promise<void> {
  const names = await namesOf(ctx, services);
  const isNew = surveyId === undefined;
  const place = isNew ? `${SETTINGS}/new` : `${SETTINGS}/${surveyId}`;
  await ctx.render(
    'surveys/survey',
    {
      ...presentForm(ctx, { typed, problems, kind, names }),
      heading: typed['name'] || ctx.t('surveys.settings.new'),
      listUrl: SETTINGS,
      action: place,
      kind,
      kindName: ctx.t(`surveys.kind.${kind}`),
      kinds: isNew
        ? KINDS.map((one) => ({
            href: `${place}?kind=${one}`,
            text: ctx.t(`surveys.kind.${one}`),
            on: one === kind,
          }))
        : [],
      version,
      isConflict,
      previews: isNew
        ? []
        : (['ru', 'en'] as const).map((language) => ({
            href: `${place}/preview?lang=${language}`,
            text: ctx.t(`surveys.language.${language}`),
          })),
      removeUrl: isNew ? undefined : `${place}/remove`,
    },
    { status, page: { styles: ['surveys/surveys.css'] } },
  );
}

import { isError, type DeskContext } from '@helpdesk/core';
import { checkSegmentRule, type Problems } from '../editor/check-draft.js';
import { draftConditions, emptyGroup, type DraftConditions } from '../editor/draft.js';
import { editConditions } from '../editor/edit-rows.js';
import { idOf, presentConditions, segmentFields } from '../editor/present-draft.js';
import { Fields, one, readConditions } from '../editor/read-fields.js';
import { findSegment, listMembersOf } from '../segments/find-segment.js';
import { saveSegment, type SegmentFields } from '../segments/save-segment.js';
import type { Words } from '../words/describe.js';
import { pathId } from './path-id.js';
import { SEGMENTS } from './segments-page.js';
import { wordsOf } from './words-of.js';

const MEMBERS = 100;
type ApplyAll = () => Promise<void>;

interface SegmentDraft {
  mark: string;
  name: string;
  team: string;
  manager: string;
  about: string;
  conditions: DraftConditions;
}
interface Shown {
  readonly draft: SegmentDraft;
  readonly segmentId?: number;
  readonly version?: number;
  readonly problems?: Problems;
  readonly isConflict?: boolean;
  readonly status?: number;
}

const empty = (): SegmentDraft => ({
  mark: '',
  name: '',
  team: '',
  manager: '',
  about: 'organization',
  conditions: { match: 'all', groups: [emptyGroup()] },
});

export async function newSegmentPage(ctx: DeskContext): Promise<void> {
  await show(ctx, { draft: empty() });
}

export async function segmentPage(ctx: DeskContext): Promise<void> {
  const { id, version, rule, mark, name, teamId, managerId } = await findSegment(ctx.db, pathId(ctx));
  const draft: SegmentDraft = {
    ...empty(),
    mark,
    name,
    team: String(teamId ?? ''),
    manager: String(managerId ?? ''),
    ...(rule ? { about: rule.about, conditions: draftConditions(rule) } : {}),
  };
  await show(ctx, { draft, segmentId: id, version });
}

export const createSegmentPage = (ctx: DeskContext, applyAll: ApplyAll): Promise<void> => take(ctx, applyAll);

export async function changeSegmentPage(ctx: DeskContext, applyAll: ApplyAll): Promise<void> {
  await take(ctx, applyAll, (await findSegment(ctx.db, pathId(ctx))).id);
}

async function take(ctx: DeskContext, applyAll: ApplyAll, segmentId?: number): Promise<void> {
  const fields = await ctx.form(Fields);
  const draft = readDraft(fields);
  const version = Number(one(fields, 'version')) || undefined;
  const at = {
    ...(segmentId === undefined ? {} : { segmentId }),
    ...(version === undefined ? {} : { version }),
  };
  const button = one(fields, 'do');
  if (button === 'refresh' || editConditions(draft.conditions, button, fields) !== undefined)
    return show(ctx, { draft, ...at });
  const checked = check(draft);
  if (!checked.ok) return show(ctx, { draft, ...at, problems: checked.problems, status: 422 });
  try {
    const id = await saveSegment(ctx.app, {
      ...checked.value,
      ...(segmentId === undefined ? {} : { segmentId }),
      ...(version === undefined ? {} : { expectedVersion: version }),
      actor: ctx.actor,
    });
    await applyAll();
    ctx.flash({ text: ctx.t('routing.segments.saved') });
    ctx.redirect(`${SEGMENTS}/${id}`);
  } catch (error) {
    if (!isError(error, 'TICKET_CHANGED')) throw error;
    await show(ctx, { draft, ...at, isConflict: true, status: 409 });
  }
}

const readDraft = (fields: Fields): SegmentDraft => ({
  mark: one(fields, 'mark').trim(),
  name: one(fields, 'name').trim(),
  team: one(fields, 'team'),
  manager: one(fields, 'manager'),
  about: one(fields, 'about') === 'contact' ? 'contact' : 'organization',
  conditions: readConditions(fields),
});

function check(draft: SegmentDraft): { ok: true; value: SegmentFields } | { ok: false; problems: Problems } {
  const { mark, name, team, manager, about, conditions } = draft;
  const problems: Problems = new Map();
  if (mark === '') problems.set('mark', 'core.form.required');
  if (Array.from(mark).length > 4) problems.set('mark', 'core.form.tooLong');
  if (name === '') problems.set('name', 'core.form.required');
  if (name.length > 100) problems.set('name', 'core.form.tooLong');
  const rule = checkSegmentRule(about, conditions);
  for (const [g, group] of conditions.groups.entries())
    for (const [c, { field }] of group.conditions.entries())
      if (!segmentFields(about).includes(field)) problems.set(`g.${g}.c.${c}.v`, 'routing.problem.about');
  if (!rule.ok) for (const [field, key] of rule.problems) problems.set(field, key);
  if (problems.size > 0 || !rule.ok) return { ok: false, problems };
  return { ok: true, value: { mark, name, teamId: idIn(team), managerId: idIn(manager), rule: rule.value } };
}

const idIn = (text: string) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null);

async function show(
  ctx: DeskContext,
  { draft, segmentId, version, problems = new Map(), isConflict = false, status = 200 }: Shown,
): Promise<void> {
  const words = await wordsOf(ctx);
  const members = segmentId === undefined ? [] : await presentMembers(ctx, segmentId);
  await ctx.render(
    'routing/segment',
    {
      heading: draft.name || ctx.t('routing.segments.new'),
      action: segmentId === undefined ? `${SEGMENTS}/new` : `${SEGMENTS}/${segmentId}`,
      archiveUrl: segmentId === undefined ? undefined : `${SEGMENTS}/${segmentId}/archive`,
      listUrl: SEGMENTS,
      version,
      isConflict,
      fields: presentFields(draft, words, problems),
      about: ['organization', 'contact'].map((value) => ({
        value,
        label: words.t(`routing.segments.about.${value}`),
        selected: value === draft.about,
      })),
      ...presentConditions(draft.conditions, { ...words, problems, fields: segmentFields(draft.about) }),
      errors: [...problems].map(([name, key]) => ({
        id: idOf(name),
        label: words.t(name.startsWith('g.') ? 'routing.editor.if' : `routing.segments.field.${name}`),
        message: words.t(key),
      })),
      isStored: segmentId !== undefined,
      members,
    },
    { status, page: { styles: ['routing/routing.css'] } },
  );
}

function presentFields(
  { mark, name, team, manager }: SegmentDraft,
  { t, names }: Words,
  problems: Problems,
): Record<string, unknown>[] {
  const field = (key: string, more: object) => {
    const problem = problems.get(key);
    return { name: key, label: t(`routing.segments.field.${key}`), error: problem && t(problem), ...more };
  };
  const chosen = (choices: readonly { value: string; label: string }[], value: string) =>
    [{ value: '', label: t('routing.none') }, ...choices].map((choice) => ({
      ...choice,
      selected: choice.value === value,
    }));
  return [
    field('name', { value: name, required: true, maxlength: 100 }),
    field('mark', { value: mark, required: true, maxlength: 4, hint: t('routing.segments.field.mark.hint') }),
    field('team', { kind: 'select', options: chosen(names.teams, team) }),
    field('manager', { kind: 'select', options: chosen(names.agents, manager) }),
  ];
}

async function presentMembers(ctx: DeskContext, segmentId: number): Promise<Record<string, unknown>[]> {
  const members = await listMembersOf(ctx.db, { segmentId, limit: MEMBERS });
  return members.map(({ contactId, organizationId, name, source, since }) => ({
    name,
    href: contactId === null ? `/desk/organizations/${organizationId}` : `/desk/contacts/${contactId}`,
    icon: contactId === null ? 'org' : 'user',
    source: ctx.t(`routing.source.${source}`),
    since,
  }));
}

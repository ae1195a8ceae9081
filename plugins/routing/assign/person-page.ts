import { errors, type DeskContext, type FormResult } from '@helpdesk/core';
import { listPeople, type Person } from './list-people.js';
import { pathId } from './path-id.js';
import {
  absenceFields,
  PersonForm,
  shiftFields,
  shiftsOf,
  splitSkills,
  typedOf,
  workFields,
} from './person-form.js';
import { presentForm, type FormState } from './present-form.js';
import { savePerson } from './save-person.js';

/** How work is given to one agent: limit, skills, hours, absence, deputy. */
export async function personPage(ctx: DeskContext): Promise<void> {
  const { person, people } = await personOf(ctx);
  await show(ctx, { person, people, state: { typed: typedOf(person), problems: {} } });
}

export async function savePersonPage(ctx: DeskContext): Promise<void> {
  const { person, people } = await personOf(ctx);
  const form: FormResult<(typeof PersonForm)['_output']> = await ctx.readForm(PersonForm);
  if (!form.ok) return show(ctx, { person, people, state: form, status: 422 });
  const { version, skills, loadLimit, awayFrom, awayUntil, deputyId } = form.value;
  const saved = await savePerson(ctx.app, {
    agentId: person.agentId,
    loadLimit,
    awayFrom,
    awayUntil,
    deputyId,
    skills: splitSkills(skills),
    shifts: shiftsOf(form.value),
    expectedVersion: version,
    actor: ctx.actor,
  });
  if (!saved.ok) {
    const isConflict = saved.field === 'version';
    const problems = isConflict || saved.field === undefined ? {} : { [saved.field]: saved.because };
    const typed = { ...(await ctx.typed()), version: String(person.version) };
    const status = isConflict ? 409 : 422;
    return show(ctx, { person, people, state: { typed, problems }, isConflict, status });
  }
  ctx.flash({ text: ctx.t('routing.assign.saved', { name: person.name }) });
  ctx.redirect('/desk/routing/people');
}

async function personOf(ctx: DeskContext): Promise<{ person: Person; people: readonly Person[] }> {
  const id = pathId(ctx);
  const people = await listPeople(ctx.app);
  const person = people.find(({ agentId }) => agentId === id);
  if (!person) throw errors.AGENT_UNKNOWN();
  return { person, people };
}

interface Shown {
  readonly person: Person;
  readonly people: readonly Person[];
  readonly state: FormState;
  readonly isConflict?: boolean;
  readonly status?: number;
}

async function show(ctx: DeskContext, { person, people, state, isConflict = false, status = 200 }: Shown) {
  const work = presentForm(ctx, state, workFields(ctx));
  const shifts = presentForm(ctx, state, shiftFields(ctx));
  const absence = presentForm(ctx, state, absenceFields(ctx, person, people));
  await ctx.render(
    'routing/tiers/person',
    {
      name: person.name,
      action: `/desk/routing/people/${person.agentId}`,
      version: state.typed['version'] ?? '0',
      zone: ctx.t('routing.assign.zone', { zone: person.timeZone }),
      errors: [...work.errors, ...shifts.errors, ...absence.errors],
      isConflict,
      work: work.fields,
      shifts: shifts.fields,
      absence: absence.fields,
    },
    { status },
  );
}

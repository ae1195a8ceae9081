import { errors, type DeskContext } from '@helpdesk/core';
import { listPeople, type Person } from './list-people.js';
import { AbsenceForm, absenceFields, typedOf } from './person-form.js';
import { presentForm, type FormState } from './present-form.js';
import { savePerson } from './save-person.js';

/** When the one who is signed in is away, and who stands in. */
export async function absencePage(ctx: DeskContext): Promise<void> {
  const { me, people } = await readMe(ctx);
  await show(ctx, { me, people, state: { typed: typedOf(me), problems: {} } });
}

export async function saveAbsence(ctx: DeskContext): Promise<void> {
  const { me, people } = await readMe(ctx);
  const form = await ctx.readForm(AbsenceForm);
  if (!form.ok) return show(ctx, { me, people, state: form, status: 422 });
  const { version: expectedVersion, ...fields } = form.value;
  const saved = await savePerson(ctx.app, {
    agentId: me.agentId,
    ...fields,
    expectedVersion,
    actor: ctx.actor,
  });
  if (!saved.ok) {
    const isConflict = saved.field === 'version';
    const problems = isConflict || saved.field === undefined ? {} : { [saved.field]: saved.because };
    const typed = { ...(await ctx.typed()), version: String(me.version) };
    return show(ctx, { me, people, state: { typed, problems }, isConflict, status: isConflict ? 409 : 422 });
  }
  ctx.flash({ text: ctx.t('routing.assign.absence.saved') });
  ctx.redirect('/desk/routing/away');
}

async function readMe(ctx: DeskContext): Promise<{ me: Person; people: readonly Person[] }> {
  const people = await listPeople(ctx.app);
  const me = people.find(({ agentId }) => agentId === ctx.agent.id);
  if (!me) throw errors.AGENT_UNKNOWN();
  return { me, people };
}

interface Shown {
  readonly me: Person;
  readonly people: readonly Person[];
  readonly state: FormState;
  readonly isConflict?: boolean;
  readonly status?: number;
}

async function show(ctx: DeskContext, { me, people, state, isConflict = false, status = 200 }: Shown) {
  const { fields, errors: problems } = presentForm(ctx, state, absenceFields(ctx, me, people));
  const data = { fields, errors: problems, isConflict, version: state.typed['version'] ?? '0' };
  await ctx.render('routing/tiers/absence', data, { status });
}

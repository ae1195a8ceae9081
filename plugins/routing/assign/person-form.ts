import { orNone, whole, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import type { Person } from './list-people.js';
import type { FieldSpec } from './present-form.js';
import { readHours, WEEKDAYS, writeHours, type Shifts } from './shifts.js';

const MOST_SKILLS = 40;

const day = orNone(z.iso.date({ error: 'routing.assign.problem.date' }));
const hours = z
  .string()
  .max(100)
  .default('')
  .refine((text) => readHours(text) !== undefined, { error: 'routing.assign.problem.hours' });

const absence = { awayFrom: day, awayUntil: day, deputyId: orNone(whole().positive()) };

/** When somebody is away, and who stands in: what everybody says of themselves. */
export const AbsenceForm = z
  .object({ ...absence, version: whole().nonnegative() })
  .refine(isForward, { path: ['awayUntil'], error: 'routing.assign.problem.backwards' });

export const PersonForm = z
  .object({
    ...absence,
    loadLimit: orNone(whole().min(0).max(1000)),
    skills: z
      .string()
      .max(2000)
      .default('')
      .refine((text) => splitSkills(text).length <= MOST_SKILLS, { error: 'routing.assign.problem.skills' })
      .refine((text) => splitSkills(text).every((one) => one.length <= 60), {
        error: 'routing.assign.problem.skillLong',
      }),
    ...Object.fromEntries(WEEKDAYS.map((name) => [name, hours])),
    version: whole().nonnegative(),
  })
  .refine(isForward, { path: ['awayUntil'], error: 'routing.assign.problem.backwards' });

function isForward({ awayFrom, awayUntil }: { awayFrom: string | null; awayUntil: string | null }): boolean {
  return awayUntil === null || (awayFrom !== null && awayFrom <= awayUntil);
}

export const splitSkills = (text: string): string[] =>
  text.split(/[,;\n]/).map((one) => one.trim()).filter(Boolean); // prettier-ignore

export const shiftsOf = (form: Readonly<Record<string, unknown>>): Shifts => {
  const week = WEEKDAYS.map((name) => {
    const typed = form[name];
    return (typeof typed === 'string' && readHours(typed)) || [];
  });
  return week.every((one) => one.length === 0) ? [] : week;
};

/** A person as the form shows it. */
export function typedOf(person: Person): Record<string, string> {
  const { loadLimit, skills, shifts, awayFrom, awayUntil, deputyId, version } = person;
  return {
    loadLimit: loadLimit === null ? '' : String(loadLimit),
    skills: [...skills.values()].join(', '),
    ...Object.fromEntries(WEEKDAYS.map((name, i) => [name, writeHours(shifts[i] ?? [])])),
    awayFrom: awayFrom ?? '',
    awayUntil: awayUntil ?? '',
    deputyId: deputyId === null ? '' : String(deputyId),
    version: String(version),
  };
}

export function absenceFields({ t }: DeskContext, person: Person, people: readonly Person[]): FieldSpec[] {
  const others = people.filter(({ agentId, canAnswer }) => agentId !== person.agentId && canAnswer);
  const options = others.map(({ agentId, name }) => ({ value: String(agentId), label: name }));
  return [
    { name: 'awayFrom', label: t('routing.assign.field.awayFrom'), kind: 'date', optional: true },
    {
      name: 'awayUntil',
      label: t('routing.assign.field.awayUntil'),
      kind: 'date',
      optional: true,
      hint: t('routing.assign.hint.awayUntil'),
    },
    {
      name: 'deputyId',
      label: t('routing.assign.field.deputyId'),
      kind: 'select',
      options: [{ value: '', label: t('routing.assign.noDeputy') }, ...options],
      hint: t('routing.assign.hint.deputyId'),
    },
  ];
}

export function workFields({ t }: DeskContext): FieldSpec[] {
  return [
    {
      name: 'loadLimit',
      label: t('routing.assign.field.loadLimit'),
      kind: 'number',
      min: 0,
      max: 1000,
      optional: true,
      hint: t('routing.assign.hint.loadLimit'),
    },
    {
      name: 'skills',
      label: t('routing.assign.field.skills'),
      optional: true,
      maxlength: 2000,
      hint: t('routing.assign.hint.skills'),
    },
  ];
}

export const shiftFields = ({ t }: DeskContext): FieldSpec[] =>
  WEEKDAYS.map((name) => ({
    name,
    label: t(`routing.assign.day.${name}`),
    maxlength: 100,
    placeholder: '09:00–13:00, 14:00–18:00',
  }));

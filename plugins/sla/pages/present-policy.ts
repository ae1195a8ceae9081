import type { Calendar } from '../calendar/calendar.js';
import { TARGETS } from '../rules/policy.js';
import { CHOSEN, choicesOf } from './describe.js';
import { writeLength, type PolicyDraft } from './policy-form.js';
import type { Choice, Names, Say } from './names.js';

interface Words {
  readonly t: Say;
  readonly names: Names;
  readonly calendars: readonly Calendar[];
  /** Those of the policy, by name. */
  readonly organizations: readonly string[];
}

/** A policy's form as its page prints it. */
export function presentPolicy(
  { policy, typed, problems }: PolicyDraft,
  { t, names, calendars, organizations }: Words,
): Record<string, unknown> {
  const error = (field: string) => {
    const key = problems.get(field);
    return key === undefined ? undefined : t(key);
  };
  const field = (name: string, more: object) => ({
    name,
    label: t(`sla.field.${name}`),
    error: error(name),
    id: `f-${name.replaceAll('.', '-')}`,
    ...more,
  });
  const select = (name: string, choices: readonly Choice[], value: string, nothing: string) =>
    field(name, {
      kind: 'select',
      options: [{ value: '', label: nothing }, ...choices].map((one) => ({
        ...one,
        selected: one.value === value,
      })),
    });
  const several = (name: string, choices: readonly Choice[], values: readonly unknown[]) =>
    field(name, {
      kind: 'multiselect',
      options: choices.map((one) => ({ ...one, selected: values.map(String).includes(one.value) })),
    });
  const { conditions, pauses, warn, escalate } = policy;
  const stands = (['customer', 'other', 'snoozed'] as const).filter((key) => pauses[key]);
  return {
    main: [
      field('name', { value: policy.name, required: true, maxlength: 100 }),
      field('isOn', { kind: 'boolean', value: policy.isOn }),
      select(
        'calendar',
        calendars.map(({ id, name }) => ({ value: String(id), label: name })),
        String(policy.calendarId ?? ''),
        t('sla.always'),
      ),
    ],
    conditions: [
      ...CHOSEN.filter((name) => choicesOf(names, name).length > 0).map((name) =>
        several(name, choicesOf(names, name), conditions[name]),
      ),
      field('organizations', {
        kind: 'textarea',
        value: typed.get('organizations') ?? organizations.join('\n'),
        hint: t('sla.field.organizations.hint'),
      }),
    ],
    targets: TARGETS.map((kind) => ({ label: t(`sla.target.${kind}`) })),
    norms: ([4, 3, 2, 1] as const).map((priority) => ({
      label: t(`sla.priority.${priority}`),
      cells: TARGETS.map((kind) => {
        const name = `norm.${priority}.${kind}`;
        return {
          name,
          id: `f-${name.replaceAll('.', '-')}`,
          label: `${t(`sla.priority.${priority}`)}: ${t(`sla.target.${kind}`)}`,
          value: typed.get(name) ?? writeLength(policy.norms[priority][kind]),
          error: error(name),
        };
      }),
    })),
    pauses: several(
      'pauses',
      (['customer', 'other', 'snoozed'] as const).map((value) => ({ value, label: t(`sla.pause.${value}`) })),
      stands,
    ),
    warning: [
      field('warn', {
        kind: 'number',
        min: 1,
        value: typed.get('warn') ?? warn?.value ?? '',
        hint: t('sla.field.warn.hint'),
      }),
      field('warn.unit', {
        kind: 'select',
        options: (['percent', 'minutes'] as const).map((value) => ({
          value,
          label: t(`sla.warn.${value}`),
          selected: value === (warn?.unit ?? 'percent'),
        })),
      }),
      several('heads', names.agents, policy.heads),
    ],
    escalation: [
      select('escalate.team', names.teams, String(escalate.teamId ?? ''), t('sla.unchanged')),
      select('escalate.agent', names.agents, String(escalate.agentId ?? ''), t('sla.unchanged')),
      select('escalate.priority', names.priorities, String(escalate.priority ?? ''), t('sla.unchanged')),
    ],
  };
}

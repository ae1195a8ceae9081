import { PRIVATE_ROLE, type ContactRoleRecord, type DeskContext, type HatRecord } from '@helpdesk/core';
import { z } from 'zod';
import { asStored, presentForm, type FieldSpec, type FormState } from '../admin/form-fields.js';
import { beginOf, endOf, firstDay, isDay, lastDay } from './hat-dates.js';
import { roleName } from './role-names.js';

const day = () => z.string().trim().max(10).default('').refine(isDay, 'core.form.choice');

/** What both forms of a hat send: what somebody is, since and until when. */
export const hatFields = {
  role: z.string().trim().max(50).default(''),
  title: z.string().trim().max(100).default(''),
  from: day(),
  to: day(),
};

interface TypedHat {
  readonly role: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
}

/** Problems by field; empty when a hat of that organization can be like this. */
export function problemsOfHat(
  { role, from, to }: TypedHat,
  { roles, hasOrganization }: { roles: readonly ContactRoleRecord[]; hasOrganization: boolean },
): Record<string, string> {
  const problems: Record<string, string> = {};
  const isPrivate = role === PRIVATE_ROLE;
  if (role !== '' && !roles.some(({ key }) => key === role)) problems['role'] = 'core.form.choice';
  else if (isPrivate && hasOrganization) problems['role'] = 'desk.contacts.hat.noRole';
  else if (role !== '' && !isPrivate && !hasOrganization)
    problems['organizationId'] = 'desk.contacts.hat.noOrganization';
  if (from !== '' && to !== '' && to < from) problems['to'] = 'desk.contacts.hat.backwards';
  return problems;
}

/** Without a role somebody is an employee of an organization, or the private person. */
export const roleOr = (role: string, hasOrganization: boolean): string =>
  role || (hasOrganization ? 'employee' : PRIVATE_ROLE);

export const datesOf = (ctx: DeskContext, { from, to }: TypedHat) => ({
  ...(from === '' ? {} : { validFrom: beginOf(from, ctx) }),
  validTo: to === '' ? null : endOf(to, ctx),
});

const roleOptions = (ctx: DeskContext, roles: readonly ContactRoleRecord[], chosen: string) =>
  roles
    .filter(({ isArchived, key }) => !isArchived || key === chosen)
    .map(({ key }) => ({ value: key, label: roleName(ctx, roles, key) }));

const dates = (id: (name: string) => { id?: string }): FieldSpec[] => [
  { ...id('from'), name: 'from', label: 'desk.contacts.hat.from', kind: 'date', optional: true },
  { ...id('to'), name: 'to', label: 'desk.contacts.hat.to', kind: 'date', optional: true },
];

/** The form of a new hat. */
export function presentNewHat(
  ctx: DeskContext,
  state: FormState,
  {
    roles,
    organizations,
  }: {
    roles: readonly ContactRoleRecord[];
    organizations: readonly { readonly id: number; readonly name: string }[];
  },
) {
  const { t } = ctx;
  return presentForm(ctx, state, [
    {
      name: 'organizationId',
      label: 'desk.contacts.hat.organization',
      kind: 'select',
      options: [
        { value: '', label: t('desk.contacts.hat.private') },
        ...organizations.map(({ id, name }) => ({ value: String(id), label: name })),
      ],
    },
    { name: 'organization', label: 'desk.contacts.hat.newOne', optional: true, maxlength: 255 },
    {
      name: 'role',
      label: 'desk.contacts.hat.role',
      kind: 'select',
      options: [{ value: '', label: '—' }, ...roleOptions(ctx, roles, '')],
    },
    { name: 'title', label: 'desk.contacts.hat.title', optional: true, maxlength: 100 },
    ...dates(() => ({})),
  ]);
}

/** The form of a hat that is there; names of its fields are told apart by the hat. */
export function presentHatForm(
  ctx: DeskContext,
  hat: HatRecord,
  { roles, state }: { roles: readonly ContactRoleRecord[]; state: FormState | undefined },
) {
  const id = (name: string) => ({ id: `hat-${hat.id}-${name}` });
  const stored = asStored({
    role: hat.role,
    title: hat.title ?? '',
    from: firstDay(hat.validFrom, ctx),
    to: hat.validTo === null ? '' : lastDay(hat.validTo, ctx),
  });
  const role: FieldSpec[] =
    hat.organizationId === null
      ? []
      : [
          {
            ...id('role'),
            name: 'role',
            label: 'desk.contacts.hat.role',
            kind: 'select',
            options: roleOptions(ctx, roles, hat.role).filter(({ value }) => value !== PRIVATE_ROLE),
          },
          { ...id('title'), name: 'title', label: 'desk.contacts.hat.title', optional: true, maxlength: 100 },
        ];
  return presentForm(ctx, state ?? stored, [...role, ...dates(id)]);
}

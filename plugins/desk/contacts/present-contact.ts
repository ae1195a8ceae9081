import {
  calendarDay,
  formatDate,
  initialsOf,
  isWorn,
  type ContactCard,
  type ContactRoleRecord,
  type DeskContext,
  type HatRecord,
  type IdentityRecord,
} from '@helpdesk/core';
import type { FormState } from '../admin/form-fields.js';
import type { ContactCounts } from './count-contact-tickets.js';
import { lastMoment } from './hat-dates.js';
import { presentHatForm } from './hat-form.js';
import { hatLabel, roleName } from './role-names.js';
import { addressWords, hrefOf, iconOf } from './identity-kinds.js';

interface ContactParts {
  /** Null for those who may not read tickets. */
  readonly counts: ContactCounts | null;
  readonly roles: readonly ContactRoleRecord[];
  readonly changedHat: { readonly id: number; readonly state: FormState } | undefined;
}

/** A contact's card as the page prints it. */
export function presentContact(
  ctx: DeskContext,
  { contact, identities, hats }: ContactCard,
  { counts, roles, changedHat }: ContactParts,
) {
  const today = ctx.now.toISOString();
  const worn = hats.filter((hat) => isWorn(hat, today));
  const page = `/desk/contacts/${contact.id}`;
  return {
    contact: {
      name: contact.name,
      initials: initialsOf(contact.name),
      about: aboutOf(ctx, { worn, roles, createdAt: contact.createdAt }),
      waiting: counts?.waiting ?? 0,
      note: contact.note,
      editUrl: `${page}/edit`,
      writeUrl: `/desk/tickets/new?contact=${contact.id}`,
    },
    identities: identities.map((identity) => ({
      icon: iconOf(ctx.app, identity.kind),
      label: addressWords(ctx, identity),
      href: hrefOf(identity),
      tag: identity.label,
      hasFailed: identity.failedAt !== null,
      removeUrl: `${page}/identities/${identity.id}/remove`,
      ...usedAs(ctx, identity, { hats, worn, roles, page }),
    })),
    hats: hats.map((hat) => presentHat(ctx, hat, { roles, changedHat, page })),
    identitiesUrl: `${page}/identities`,
    hatsUrl: `${page}/hats`,
  };
}

/** A hat with its days, and the form that changes it. */
function presentHat(
  ctx: DeskContext,
  hat: HatRecord,
  { roles, changedHat, page }: Pick<ContactParts, 'roles' | 'changedHat'> & { page: string },
) {
  const state = changedHat?.id === hat.id ? changedHat.state : undefined;
  const today = ctx.now.toISOString();
  const isOver = hat.validTo !== null && hat.validTo <= today;
  return {
    id: hat.id,
    name: hat.organization ?? roleName(ctx, roles, hat.role),
    href: hat.organizationId === null ? null : `/desk/organizations/${hat.organizationId}`,
    role:
      hat.organizationId === null
        ? hat.title
        : [roleName(ctx, roles, hat.role), hat.title].filter(Boolean).join(', '),
    beginsAt: hat.validFrom > today ? hat.validFrom : undefined,
    endedAt: hat.validTo === null ? undefined : lastMoment(hat.validTo),
    isOver,
    endUrl: `${page}/hats/${hat.id}/end`,
    changeUrl: `${page}/hats/${hat.id}`,
    form: presentHatForm(ctx, hat, { roles, state }),
  };
}

/** In which hat an address is used, chosen where there are hats to choose from. */
function usedAs(
  ctx: DeskContext,
  { id, membershipId }: IdentityRecord,
  at: {
    hats: readonly HatRecord[];
    worn: readonly HatRecord[];
    roles: readonly ContactRoleRecord[];
    page: string;
  },
) {
  const own = at.hats.find((hat) => hat.id === membershipId);
  const label = (hat: HatRecord) => hatLabel(ctx, at.roles, hat);
  const offered = own && !at.worn.includes(own) ? [...at.worn, own] : at.worn;
  return {
    usedAs: own && label(own),
    hatUrl: offered.length > 0 ? `${at.page}/identities/${id}/hat` : undefined,
    hatField: {
      id: `identity-${id}-hat`,
      name: 'hatId',
      kind: 'select',
      label: ctx.t('desk.contacts.identity.usedAs'),
      options: [
        { value: '', label: ctx.t('desk.contacts.identity.anyRole'), selected: own === undefined },
        ...offered.map((hat) => ({ value: String(hat.id), label: label(hat), selected: hat === own })),
      ],
    },
  };
}

function aboutOf(
  ctx: DeskContext,
  {
    worn: all,
    roles,
    createdAt,
  }: { worn: readonly HatRecord[]; roles: readonly ContactRoleRecord[]; createdAt: string },
): string {
  const worn = all.filter(({ organization }) => organization !== null);
  const [first] = worn;
  const year = calendarDay(createdAt, ctx).slice(0, 4);
  const since = ctx.t('desk.contacts.since', { year });
  if (!first) return since;
  const role = [first.title || roleName(ctx, roles, first.role), first.organization].join(', ');
  const more = worn.length > 1 ? `, ${ctx.t('desk.contacts.moreRoles', { count: worn.length - 1 })}` : '';
  return `${role}${more} · ${since}`;
}

/** Numbers about a contact. @param counts null for those who may not read tickets */
export function presentFacts(ctx: DeskContext, { contact }: ContactCard, counts: ContactCounts | null) {
  const facts: { label: string; value: string; note?: string }[] = [];
  if (counts)
    facts.push({
      label: ctx.t('desk.contacts.fact.tickets'),
      value: String(counts.all),
      ...(counts.open > 0 ? { note: ctx.t('desk.contacts.fact.open', { count: counts.open }) } : {}),
    });
  facts.push({
    label: ctx.t('desk.contacts.fact.since'),
    value: formatDate(contact.createdAt, { ...ctx, now: ctx.now.toISOString() }),
  });
  const language = contact.language;
  if (language === 'ru' || language === 'en')
    facts.push({
      label: ctx.t('desk.contacts.field.language'),
      value: ctx.t(`desk.admin.language.${language}`),
    });
  return facts;
}

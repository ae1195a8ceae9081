import {
  agentNames,
  findContactCard,
  listContactStatuses,
  listOrganizations,
  listStatuses,
  listTickets,
  type DeskContext,
} from '@helpdesk/core';
import { asStored, presentForm, type FormState } from '../admin/form-fields.js';
import { pathId, queryId } from '../admin/path-id.js';
import { countContactTickets } from './count-contact-tickets.js';
import type { Owner } from './find-owner.js';
import { presentNewHat } from './hat-form.js';
import { kindOptions } from './identity-kinds.js';
import { presentContact, presentFacts } from './present-contact.js';
import { presentHistory } from './present-history.js';
import { presentMarks, readContactMarks } from './marks/present-marks.js';
import { presentStatus } from './present-status.js';
import { readContactRoles } from './role-names.js';

const HISTORY = 30;

interface Shown {
  identity?: FormState;
  hat?: FormState;
  /** The form of a hat that is there. */
  changedHat?: { readonly id: number; readonly state: FormState };
  /** The address that was entered is somebody else's. */
  taken?: Owner;
}

/** A contact's page, also after a form on it was not saved. */
export async function showContact(
  ctx: DeskContext,
  { identity, hat, changedHat, taken }: Shown = {},
): Promise<void> {
  const contactId = pathId(ctx);
  const { viewer, db } = ctx;
  const canRead = ctx.can('tickets.read');
  const id = queryId(ctx, 'id');
  const value = (ctx.query['before'] ?? '').slice(0, 30);
  const after = id !== undefined && value ? { value, id } : undefined;
  const filter = { contactId, bucket: 'any' as const };
  const [card, tickets, counts, statuses, names, organizations, roles, known] = await Promise.all([
    findContactCard(db, contactId),
    canRead
      ? listTickets(db, { viewer, filter, order: 'newest', ...(after ? { after } : {}), limit: HISTORY })
      : { rows: [], next: null },
    canRead ? countContactTickets(db, { contactId, viewer }) : null,
    listStatuses(db),
    agentNames(db),
    listOrganizations(db, { limit: 500 }),
    readContactRoles(ctx.app),
    listContactStatuses(db, { contactIds: [contactId], now: ctx.now }),
  ]);
  const marks = await readContactMarks(ctx, card);
  const { next } = tickets;
  const page = `/desk/contacts/${contactId}`;
  const identityForm = presentForm(ctx, identity ?? asStored({ kind: 'email' }), [
    { name: 'kind', label: 'desk.contacts.identity.kind', kind: 'select', options: kindOptions(ctx) },
    {
      name: 'value',
      label: 'desk.contacts.identity.value',
      maxlength: 320,
      required: true,
      autocomplete: 'off',
    },
    { name: 'label', label: 'desk.contacts.identity.label', optional: true, maxlength: 40 },
  ]);
  const hatForm = presentNewHat(ctx, hat ?? asStored(), { roles, organizations });
  const status = known.get(contactId);
  await ctx.render(
    'desk/contact',
    {
      contactId,
      ...presentContact(ctx, card, { counts, roles, changedHat }),
      status: status && presentStatus(ctx, status),
      marks: presentMarks(ctx, marks),
      facts: presentFacts(ctx, card, counts),
      months: presentHistory(ctx, tickets.rows, { statuses, names }),
      moreUrl:
        next &&
        `${page}?${new URLSearchParams({ before: String(next.value), id: String(next.id) }).toString()}`,
      identityForm,
      hatForm,
      taken,
    },
    { status: identity || hat || changedHat || taken ? 422 : 200 },
  );
}

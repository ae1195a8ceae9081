import {
  findContactCard,
  findOrganization,
  orNone,
  whole,
  type DeskContext,
  type HostApp,
} from '@helpdesk/core';
import type { Knex } from 'knex';
import { z } from 'zod';
import { listPeople } from './list-people.js';
import { pathId } from './path-id.js';
import { setManager } from './set-manager.js';

/** Whose a contact is, and each organization for which he writes; each with the form that changes it. */
export async function loadManagers(app: HostApp, contactId: number) {
  const [{ hats }, people, ofContact] = await Promise.all([
    findContactCard(app.db, contactId),
    listPeople(app),
    managerOf(app.db, { contactId }),
  ]);
  const now = app.now().toISOString();
  const worn = hats.filter(({ validTo }) => validTo === null || validTo > now);
  const organizations = new Map(
    worn.flatMap(({ organizationId, organization }) =>
      organizationId === null ? [] : [[organizationId, organization ?? '']],
    ),
  );
  const ofOrganizations = await managersOf(app.db, [...organizations.keys()]);
  const form = (
    id: string,
    action: string,
    { name, chosen }: { name?: string; chosen: number | undefined },
  ) => ({
    id,
    action,
    name,
    manager: people.find(({ agentId }) => agentId === chosen)?.name,
    options: people
      .filter(({ canAnswer, agentId }) => canAnswer || agentId === chosen)
      .map(({ agentId, name: label }) => ({ value: agentId, label, selected: agentId === chosen })),
  });
  return {
    forms: [
      form('m-contact', `/desk/routing/managers/contact/${contactId}`, { chosen: ofContact }),
      ...[...organizations].map(([id, name]) =>
        form(`m-org-${id}`, `/desk/routing/managers/organization/${id}?contact=${contactId}`, {
          name,
          chosen: ofOrganizations.get(id),
        }),
      ),
    ],
  };
}

async function managerOf(db: Knex, of: { contactId: number }): Promise<number | undefined> {
  const row: { agentId: number } | undefined = await db('routing_managers').where(of).first('agentId');
  return row?.agentId;
}

async function managersOf(db: Knex, ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const rows: { organizationId: number; agentId: number }[] = await db('routing_managers')
    .whereIn('organizationId', [...ids])
    .select('organizationId', 'agentId');
  return new Map(rows.map(({ organizationId, agentId }) => [organizationId, agentId]));
}

const Manager = z.object({ agentId: orNone(whole().positive()) });

export async function saveContactManager(ctx: DeskContext): Promise<void> {
  const contactId = pathId(ctx);
  const { agentId } = await ctx.form(Manager);
  await findContactCard(ctx.db, contactId);
  await setManager(ctx.app, { contactId, agentId, actor: ctx.actor });
  ctx.flash({ text: ctx.t('routing.assign.managerSaved') });
  ctx.redirect(`/desk/contacts/${contactId}`);
}

export async function saveOrganizationManager(ctx: DeskContext): Promise<void> {
  const organizationId = pathId(ctx);
  const { agentId } = await ctx.form(Manager);
  await findOrganization(ctx.db, organizationId);
  await setManager(ctx.app, { organizationId, agentId, actor: ctx.actor });
  ctx.flash({ text: ctx.t('routing.assign.managerSaved') });
  const contact = ctx.query['contact'] ?? '';
  ctx.redirect(
    /^\d{1,15}$/.test(contact) ? `/desk/contacts/${contact}` : `/desk/organizations/${organizationId}`,
  );
}

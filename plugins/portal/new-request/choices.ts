import { isWorn, listTicketTypes, PRIVATE_ROLE, type VisitorContext } from '@helpdesk/core';
import { listEntrances, type Entrance } from '../intake/entrances.js';
import type { Portal } from '../portal.js';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What can be chosen in the form of a new request. */
export interface Choices {
  /** Roles of this customer; empty: there is nothing to choose. */
  readonly hats: readonly Choice[];
  readonly types: readonly Choice[];
  /** Empty: one line takes everything, or none. */
  readonly lines: readonly Choice[];
  /** The first takes what names no line; none: nothing can be taken in. */
  readonly entrances: readonly Entrance[];
}

export async function readChoices(ctx: VisitorContext, portal: Portal): Promise<Choices> {
  const [hats, types, entrances] = await Promise.all([
    ctx.visitor.hasOrganization ? listHats(ctx) : [],
    listTicketTypes(ctx.db),
    listEntrances(portal),
  ]);
  const isAsked = portal.settings().asksLine && entrances.length > 1;
  return {
    hats,
    types: types.map(({ key, name }) => ({ value: key, label: name })),
    lines: isAsked ? entrances.map(({ lineId, name }) => ({ value: String(lineId), label: name })) : [],
    entrances,
  };
}

interface HatRow {
  readonly id: number;
  readonly role: string;
  readonly organization: string | null;
  readonly title: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** For whom somebody with a role at an organization may write; everybody writes for themselves. */
async function listHats({ db, contactId, now, t }: VisitorContext): Promise<Choice[]> {
  const rows: HatRow[] = await db('memberships')
    .leftJoin('organizations', 'organizations.id', 'memberships.organizationId')
    .where({ contactId })
    .orderBy('memberships.id')
    .select(
      'memberships.id',
      'memberships.role',
      'organizations.name as organization',
      'memberships.title',
      'memberships.validFrom',
      'memberships.validTo',
    );
  const worn = rows.filter((row) => isWorn(row, now.toISOString()));
  if (worn.every(({ organization }) => organization === null)) return [];
  const privateHat = worn.find(({ role }) => role === PRIVATE_ROLE);
  const own = { value: privateHat ? String(privateHat.id) : '', label: t('portal.new.myself') };
  const others = worn
    .filter((hat) => hat !== privateHat)
    .map(({ id, organization, title }) => ({
      value: String(id),
      label: [organization, title].filter(Boolean).join(', ') || t('portal.new.myself'),
    }));
  // The first stands chosen: somebody whom we know only by an organization mostly writes for it.
  return privateHat ? [own, ...others] : [...others, own];
}

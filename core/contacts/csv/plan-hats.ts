import { fold } from '../../database/search/words.js';
import { isPublicMailDomain } from '../public-mail-domains.js';
import { PRIVATE_ROLE } from '../models/contact-role.js';
import type { KnownHat } from './known-people.js';
import type { BroughtOrganizations, KnownOrganizations } from './known-organizations.js';
import type { RowHat } from './read-contact-row.js';

export interface NewHat {
  /** Negative: one that is created; null: the private person. */
  readonly organizationId: number | null;
  readonly role: string;
  readonly title: string | null;
}
export interface HatPatch {
  readonly hat: KnownHat;
  readonly patch: { readonly role?: string; readonly title?: string };
}
export interface PlannedHats {
  readonly added: readonly NewHat[];
  readonly changed: readonly HatPatch[];
  readonly created: readonly { readonly id: number; readonly name: string; readonly domain: string }[];
}
export type HatsPlan =
  | PlannedHats
  | { readonly column: string; readonly problem: string; readonly value: string };

export interface HatTools {
  readonly organizations: KnownOrganizations;
  readonly brought: BroughtOrganizations;
  readonly overwrite: boolean;
}

/** What hats a row adds to those that somebody wears, and which organizations it brings. */
export function planHats(hats: readonly RowHat[], worn: readonly KnownHat[], tools: HatTools): HatsPlan {
  const wanted: { hat: RowHat; id: number | null | undefined }[] = [];
  for (const hat of hats) {
    const found = findOrganizationOf(hat, worn, tools.organizations);
    if (typeof found === 'string')
      return { column: hat.column, problem: found, value: hat.organization || hat.domain };
    wanted.push({ hat, id: found });
  }
  // Only now is anything brought: a row that is refused brings nothing.
  const added: NewHat[] = [];
  const changed: HatPatch[] = [];
  const created: PlannedHats['created'][number][] = [];
  for (const { hat, id } of wanted) {
    const { organizationId, isNew } = bring(hat, id, tools.brought);
    if (isNew && organizationId !== null) created.push({ id: organizationId, ...nameOf(hat) });
    const own = worn.filter((one) => one.organizationId === organizationId);
    const same = own.find(({ role }) => role === hat.role) ?? own[0];
    if (!same) {
      const role = hat.role ?? (organizationId === null ? PRIVATE_ROLE : 'employee');
      const isTwice = added.some((one) => one.organizationId === organizationId && one.role === role);
      if (!isTwice) added.push({ organizationId, role, title: hat.title || null });
      continue;
    }
    const patch = patchOf(same, hat, tools.overwrite && own.length === 1);
    if (Object.keys(patch).length > 0) changed.push({ hat: same, patch });
  }
  return { added, changed, created };
}

function patchOf(stored: KnownHat, { role, title }: RowHat, overwrite: boolean): HatPatch['patch'] {
  const isOther = title !== '' && title !== (stored.title ?? '').trim();
  return {
    ...(overwrite && role !== null && role !== stored.role ? { role } : {}),
    ...(isOther && (overwrite || !stored.title) ? { title } : {}),
  };
}

/** @returns its id, null for the private person, undefined for one that is not there yet, or what is wrong */
function findOrganizationOf(
  { organization, domain }: RowHat,
  worn: readonly KnownHat[],
  known: KnownOrganizations,
): number | null | undefined | 'twoOrganizations' | 'manyOrganizations' | 'publicDomain' {
  if (!organization && !domain) return null;
  const isPublic = isPublicMailDomain(domain);
  const named = organization ? known.byName(organization) : [];
  const sited = domain && !isPublic ? known.byDomain(domain) : [];
  const both = named.filter((id) => sited.includes(id));
  if (both.length === 0 && named.length > 0 && sited.length > 0) return 'twoOrganizations';
  const candidates = both.length > 0 ? both : [...named, ...sited];
  const own = candidates.find((id) => worn.some(({ organizationId }) => organizationId === id));
  if (own !== undefined) return own;
  if (candidates.length > 1) return 'manyOrganizations';
  if (candidates.length === 0 && !organization && isPublic) return 'publicDomain';
  return candidates[0];
}

const nameOf = ({ organization, domain }: RowHat) => ({
  name: organization || domain,
  domain: isPublicMailDomain(domain) ? '' : domain,
});

function bring(
  hat: RowHat,
  id: number | null | undefined,
  brought: BroughtOrganizations,
): { organizationId: number | null; isNew: boolean } {
  if (id !== undefined) return { organizationId: id, isNew: false };
  // Another hat of the same row may have brought it.
  const { name, domain } = nameOf(hat);
  const [again] = brought.byName(fold(name));
  if (again !== undefined) return { organizationId: again, isNew: false };
  return { organizationId: brought.bring({ name, domain }), isNew: true };
}

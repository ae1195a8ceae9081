import { fold } from '../../database/search/words.js';
import { isPublicMailDomain } from '../public-mail-domains.js';
import { plainDomain, type KnownOrganization, type KnownOrganizations } from './known-organizations.js';
import { planFields } from './plan-fields.js';
import type { OrganizationRow } from './read-organization-row.js';
import { rowProblem, type RowProblem } from './row-problem.js';

type Field = 'name' | 'domain' | 'note';

/** What a row of organizations would do. */
export type OrganizationPlan =
  | { readonly kind: 'refused'; readonly problems: readonly RowProblem[] }
  | {
      readonly kind: 'new' | 'changed' | 'same';
      readonly line: number;
      readonly keys: readonly string[];
      readonly organization?: KnownOrganization;
      readonly patch: Partial<Record<Field, string>>;
    };
export type OrganizationWork = Exclude<OrganizationPlan, { kind: 'refused' }>;

/** Decides what a row does: it is about the organization of its id, else of its name and domain. */
export function planOrganization(
  row: OrganizationRow,
  { known, overwrite }: { known: KnownOrganizations; overwrite: boolean },
): OrganizationPlan {
  const { line, domain, note } = row;
  const refuse = (field: string, problem: string, value = ''): OrganizationPlan => ({
    kind: 'refused',
    problems: [rowProblem(line, field, problem, value)],
  });
  if (row.problems.length > 0) return { kind: 'refused', problems: row.problems };
  const found = findOne(row, known);
  if (typeof found === 'string') return refuse(row.name ? 'name' : 'domain', found, row.name || domain);
  const organization = found;
  const name = row.name || (organization ? '' : domain);
  if (!organization && !name) return refuse('name', 'noName');
  if (!organization && isPublicMailDomain(domain)) return refuse('domain', 'publicDomain', domain);
  const stored = organization && {
    ...organization,
    domain: organization.domain === null ? null : plainDomain(organization.domain),
  };
  const patch = stored
    ? planFields<Field>(stored, { name, domain, note }, overwrite)
    : { name, ...(domain ? { domain } : {}), ...(note ? { note } : {}) };
  return {
    kind: !organization ? 'new' : Object.keys(patch).length > 0 ? 'changed' : 'same',
    line,
    keys: [
      ...(organization ? [`organization:${organization.id}`] : []),
      ...(patch.name ? [`name:${fold(patch.name)}`] : []),
      ...(patch.domain ? [`domain:${patch.domain}`] : []),
    ],
    ...(organization ? { organization } : {}),
    patch,
  };
}

function findOne(
  { organizationId, name, domain }: OrganizationRow,
  known: KnownOrganizations,
): KnownOrganization | undefined | 'twoOrganizations' | 'manyOrganizations' {
  const byId = organizationId === undefined ? undefined : known.find(organizationId);
  if (byId) return byId;
  const named = name ? known.byName(name) : [];
  const sited = domain && !isPublicMailDomain(domain) ? known.byDomain(domain) : [];
  const both = named.filter((id) => sited.includes(id));
  if (both.length === 0 && named.length > 0 && sited.length > 0) return 'twoOrganizations';
  const candidates = both.length > 0 ? both : [...named, ...sited];
  if (candidates.length > 1) return 'manyOrganizations';
  return candidates[0] === undefined ? undefined : known.find(candidates[0]);
}

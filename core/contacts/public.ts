export { type NewContact, type NewIdentity } from './actions/add-contact.js';
export { addIdentity, type AddIdentity } from './actions/add-identity.js';
export { addMembership, type AddMembership } from './actions/add-membership.js';
export { changeContact, type ChangeContact } from './actions/change-contact.js';
export { clearOrganizationMark, type ClearOrganizationMark } from './actions/clear-organization-mark.js';
export { markOrganization, type MarkOrganization } from './actions/mark-organization.js';
export { listOrganizationMarks, type OrganizationMarkRecord } from './queries/list-organization-marks.js';
export { archiveContactRole, type ArchiveContactRole } from './actions/archive-contact-role.js';
export { changeMembership, type ChangeMembership } from './actions/change-membership.js';
export { createContactRole, type CreateContactRole } from './actions/create-contact-role.js';
export { renameContactRole, type RenameContactRole } from './actions/rename-contact-role.js';
export { letRoleSee, type LetRoleSee } from './actions/let-role-see.js';
export { useIdentityAs, type UseIdentityAs } from './actions/use-identity-as.js';
export { PRIVATE_ROLE, type ContactRoleRecord } from './models/contact-role.js';
export { listContactRoles, listDirectingRoles } from './queries/list-contact-roles.js';
export { isWorn, wornAt } from './worn-at.js';
export { changeOrganization, type ChangeOrganization } from './actions/change-organization.js';
export { createContact, type CreateContact } from './actions/create-contact.js';
export { createOrganization, type CreateOrganization } from './actions/create-organization.js';
export { endMembership, type EndMembership } from './actions/end-membership.js';
export { keepApart, type KeepApart } from './actions/keep-apart.js';
export { mergeContacts, type MergeContacts } from './actions/merge-contacts.js';
export { unmergeContacts, type LeftByUnmerge, type UnmergeContacts } from './actions/unmerge-contacts.js';
export { removeIdentity, type RemoveIdentity } from './actions/remove-identity.js';
export { Contact, type ContactRecord } from './models/contact.js';
export { Identity, type IdentityRecord } from './models/identity.js';
export { Membership, type MembershipRecord } from './models/membership.js';
export { Organization, type OrganizationRecord } from './models/organization.js';
export { type ContactCandidate } from './hooks.js';
export { findDuplicates, type DuplicateReason, type DuplicateRecord } from './duplicates/find-duplicates.js';
export { holdContact } from './hold-contact.js';
export { mergedFields, usualChoices, type MergeChoices, type MergedField } from './merge/merged-fields.js';
export { type MergePlace } from './merge/places.js';
export { normaliseIdentity } from './normalise-identity.js';
export { findByIdentity } from './queries/find-by-identity.js';
export { findContactCard, type ContactCard, type HatRecord } from './queries/find-contact-card.js';
export { findContact } from './queries/find-contact.js';
export { findMerge, UNMERGE_DAYS, type MergeRecord } from './queries/find-merge.js';
export {
  countDuplicates,
  listDuplicates,
  type DuplicateCursor,
  type DuplicatePair,
} from './queries/list-duplicates.js';
export { listMerges, type ListMerges, type MergeLine } from './queries/list-merges.js';
export { findOrganization, listMembers, type MemberRecord } from './queries/find-organization.js';
export { listContacts, type ContactRow, type ListContacts } from './queries/list-contacts.js';
export { listOrganizations, type ListOrganizations } from './queries/list-organizations.js';
export * from './csv/public.js';
export * from './access/public.js';

import { domainOf, isPublicMailDomain } from '../contacts/public-mail-domains.js';
import { plainSubject } from './plain-subject.js';

/** A role that somebody has now. */
export interface WornHat {
  readonly id: number;
  /** Null: the private person. */
  readonly organizationId: number | null;
  readonly organization: string | null;
  /** Of the organization's mail. */
  readonly domain: string | null;
}

/** A ticket that tells in which hat somebody writes; the newest come first. */
export interface HatCase {
  readonly number: number;
  readonly subject: string;
  readonly channel: string;
  readonly lineId: number | null;
  readonly isOpen: boolean;
  readonly membershipId: number | null;
  /** Of the hat in which it was written. */
  readonly organizationId: number | null;
  /** False: a colleague's. */
  readonly isOwn: boolean;
}

/** What is known at the moment somebody writes or calls. */
export interface HatClues {
  readonly hats: readonly WornHat[];
  readonly identifier: {
    readonly value: string;
    /** What people wrote beside it: `work`, `home`. */
    readonly label: string | null;
    /** The hat in which this address or number is used. */
    readonly membershipId: number | null;
  };
  readonly line: { readonly id: number; readonly name: string; readonly audience: string | null };
  readonly channel: string;
  readonly subject: string | null;
  readonly cases: readonly HatCase[];
}

export interface PickedHat {
  readonly id: number;
  /** A text key. */
  readonly reason: string;
  /** What stands in that text. */
  readonly values: Readonly<Record<string, string | number>>;
}

type Narrowed = Omit<PickedHat, 'id'> & { readonly hats: readonly WornHat[] };
type Clue = (left: readonly WornHat[], clues: HatClues) => Narrowed;

/**
 * In which role somebody writes. Clues are asked in order; each leaves the hats that fit it, or says nothing when none
 * does. The clue that leaves one hat is the reason. Several left at the end: it is not known, null.
 */
export function pickHat(clues: HatClues): PickedHat | null {
  const [only, another] = clues.hats;
  if (!only) return null;
  if (!another) return { id: only.id, reason: 'core.hat.only', values: {} };
  let left = clues.hats;
  for (const clue of order) {
    const { hats, reason, values } = clue(left, clues);
    if (hats.length === 1 && hats[0]) return { id: hats[0].id, reason, values };
    if (hats.length > 1) left = hats;
  }
  return null;
}

const isPrivate = ({ organizationId }: WornHat) => organizationId === null;
const isOfOrganization = ({ organizationId }: WornHat) => organizationId !== null;
const none: Narrowed = { hats: [], reason: '', values: {} };

const byIdentity: Clue = (left, { identifier }) => ({
  hats: left.filter(({ id }) => id === identifier.membershipId),
  reason: 'core.hat.identity',
  values: { value: identifier.value },
});

const byDomain: Clue = (left, { identifier }) => {
  const domain = domainOf(identifier.value);
  const fits = (known: string | null) =>
    known !== null && (known === domain || domain.endsWith(`.${known}`)) && !isPublicMailDomain(domain);
  return { hats: left.filter((hat) => fits(hat.domain)), reason: 'core.hat.domain', values: { domain } };
};

const WORK = /^(?:work|office|business|job|раб|служ|офис|корп)/iu;
const HOME = /^(?:home|private|personal|дом|личн|част)/iu;

const byLabel: Clue = (left, { identifier: { label } }) => {
  const words = label?.trim() ?? '';
  const values = { label: words };
  if (WORK.test(words)) return { hats: left.filter(isOfOrganization), reason: 'core.hat.label', values };
  if (HOME.test(words)) return { hats: left.filter(isPrivate), reason: 'core.hat.label', values };
  return none;
};

const byLine: Clue = (left, { line: { audience, name } }) => {
  const values = { line: name };
  if (audience === 'organizations')
    return { hats: left.filter(isOfOrganization), reason: 'core.hat.lineOrganizations', values };
  if (audience === 'people') return { hats: left.filter(isPrivate), reason: 'core.hat.linePeople', values };
  return none;
};

/** So far they wrote by this channel in one hat only. */
const byChannel: Clue = (left, { channel, cases }) => {
  const before = cases.filter((ticket) => ticket.isOwn && ticket.channel === channel);
  const worn = new Set(before.map(({ membershipId }) => membershipId));
  if (worn.size !== 1) return none;
  return { hats: left.filter(({ id }) => worn.has(id)), reason: 'core.hat.channel', values: { channel } };
};

const bySubject: Clue = (left, { subject, cases }) => {
  const wanted = plainSubject(subject);
  if (wanted === '') return none;
  const same = cases.filter((ticket) => ticket.isOpen && plainSubject(ticket.subject) === wanted);
  const own = same.find(({ isOwn, membershipId }) => isOwn && left.some(({ id }) => id === membershipId));
  if (own)
    return {
      hats: left.filter(({ id }) => id === own.membershipId),
      reason: 'core.hat.openCase',
      values: { number: own.number },
    };
  const colleague = same.find(({ organizationId }) => organizationId !== null);
  if (!colleague) return none;
  return {
    hats: left.filter(({ organizationId }) => organizationId === colleague.organizationId),
    reason: 'core.hat.openCaseOfColleague',
    values: { number: colleague.number },
  };
};

/** All their open tickets are of one hat. */
const byOpenCases: Clue = (left, { cases }) => {
  const open = cases.filter(({ isOwn, isOpen, membershipId }) => isOwn && isOpen && membershipId !== null);
  const worn = new Set(open.map(({ membershipId }) => membershipId));
  const [first] = open;
  if (worn.size !== 1 || !first) return none;
  return {
    hats: left.filter(({ id }) => worn.has(id)),
    reason: 'core.hat.openCases',
    values: { number: first.number },
  };
};

/** Where everybody has an address, an employee would not write from. */
const byPublicDomain: Clue = (left, { identifier }) => {
  const domain = domainOf(identifier.value);
  if (!isPublicMailDomain(domain)) return none;
  return { hats: left.filter(isPrivate), reason: 'core.hat.publicDomain', values: { domain } };
};

const latest =
  (isOfLine: boolean): Clue =>
  (left, { cases, line }) => {
    const fits = cases.find(
      ({ isOwn, lineId, membershipId }) =>
        isOwn && (!isOfLine || lineId === line.id) && left.some(({ id }) => id === membershipId),
    );
    if (!fits) return none;
    return {
      hats: left.filter(({ id }) => id === fits.membershipId),
      reason: 'core.hat.latest',
      values: { number: fits.number },
    };
  };

const order: readonly Clue[] = [
  byIdentity,
  byDomain,
  byLabel,
  byLine,
  byChannel,
  bySubject,
  byOpenCases,
  byPublicDomain,
  latest(true),
  latest(false),
];

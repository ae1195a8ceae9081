import { domainOf, isPublicMailDomain } from '../public-mail-domains.js';
import { spellName } from './spell-name.js';

/** What of a contact is compared with others. */
export interface ComparedContact {
  readonly name: string;
  readonly identities: readonly { readonly kind: string; readonly normalised: string }[];
  /** Organizations whose hat the contact wears now. */
  readonly organizationIds: readonly number[];
}

// One mailbox under several domains.
const gmail = new Set(['gmail.com', 'googlemail.com']);
const yandex = new Set([
  'yandex.ru',
  'ya.ru',
  'yandex.com',
  'yandex.by',
  'yandex.kz',
  'yandex.ua',
  'yandex.uz',
]);
const byNumber = new Set(['phone', 'whatsapp', 'viber', 'sms', 'signal']);
const KEYS_MOST = 60;
const DIGITS = 10;

/**
 * The keys under which a contact is found by those who may be the same person. `phone:` the last ten digits of a number,
 * `mailbox:` an address without tags and what its provider ignores, `name:` the whole name, `at:` and `in:` a word of
 * the name with the domain or the organization. Two contacts with a key in common are then looked at closely.
 */
export function contactKeys({ name, identities, organizationIds }: ComparedContact): string[] {
  const words = [...new Set(spellName(name))];
  const full = words.filter((word) => word.length > 2);
  const addresses = identities.filter(({ kind }) => kind === 'email').map(({ normalised }) => normalised);
  const domains = new Set(
    addresses.map(domainOf).filter((domain) => domain !== '' && !isPublicMailDomain(domain)),
  );
  return [
    ...new Set([
      ...identities.flatMap(phoneKey),
      ...addresses.map((address) => `mailbox:${mailboxOf(address)}`),
      ...(words.length > 1 ? [`name:${words.toSorted().join(' ')}`] : []),
      ...[...domains].flatMap((domain) => full.map((word) => `at:${word}@${domain}`)),
      ...organizationIds.flatMap((id) => full.map((word) => `in:${word}@${id}`)),
    ]),
  ].slice(0, KEYS_MOST);
}

function phoneKey({ kind, normalised }: ComparedContact['identities'][number]): string[] {
  const digits = normalised.replaceAll(/\D/g, '');
  return byNumber.has(kind) && digits.length >= DIGITS ? [`phone:${digits.slice(-DIGITS)}`] : [];
}

function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const local = address.slice(0, at).replace(/(?<=.)\+.*$/, '');
  if (gmail.has(domain)) return `${local.replaceAll('.', '')}@gmail.com`;
  if (yandex.has(domain)) return `${local.replaceAll('.', '-')}@yandex.ru`;
  return `${local}@${domain}`;
}

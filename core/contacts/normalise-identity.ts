import { domainToASCII } from 'node:url';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/**
 * The form in which identities are compared, or undefined when the value is none of that kind.
 * Addresses: lower case, the domain in ASCII; at most 320 characters (RFC 5321 and 3696). Phones: E.164.
 * @param country for phones written without a country code, ISO 3166 (`RU`)
 */
export function normaliseIdentity(kind: string, value: string, country = 'RU'): string | undefined {
  const trimmed = value.trim();
  if (kind === 'email') return normaliseEmail(trimmed);
  if (kind === 'phone') return normalisePhone(trimmed, country);
  return trimmed.length > 0 && trimmed.length <= 320 ? trimmed.toLowerCase() : undefined;
}

// oxlint-disable-next-line no-control-regex
const address = /^[^\s@<>,;:"()[\]\\\u0000-\u001f\u007f]+@[^\s@<>,;:"()[\]\\\u0000-\u001f\u007f]+$/u;

function normaliseEmail(value: string): string | undefined {
  if (value.length > 320 || !address.test(value)) return undefined;
  const at = value.lastIndexOf('@');
  const domain = domainToASCII(value.slice(at + 1));
  return domain === '' ? undefined : `${value.slice(0, at).toLowerCase()}@${domain.toLowerCase()}`;
}

function normalisePhone(value: string, country: string): string | undefined {
  if (value.length > 40) return undefined;
  const parsed = parsePhoneNumberFromString(value, country as CountryCode);
  return parsed?.isPossible() ? parsed.number : undefined;
}

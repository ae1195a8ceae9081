import { parseAddressHeader } from 'mailparser';
import { cleanLine } from './clean-text.js';
import { rewriteWords } from './decode-words.js';
import { limits } from './limits.js';
import type { MailAddress } from './parsed-mail.js';

export interface ReadAddresses {
  addresses: MailAddress[];
  /** An address hid in an encoded word, or came out differently from what the header spells. */
  isForged: boolean;
}

/**
 * The mailboxes of an address header, groups flattened. An address is only taken where the header spells it out:
 * one that hides in an encoded word is dropped, and its entry keeps the name alone.
 */
export function readAddresses(values: readonly string[], fallback?: string | null): ReadAddresses {
  const addresses: MailAddress[] = [];
  let isForged = false;
  for (const value of values) {
    const header = rewriteWords(value.slice(0, limits.headerLength), fallback);
    const spelled = squeeze(header);
    for (const entry of parseAddressHeader(header, { flatten: true }).value) {
      if (addresses.length >= limits.recipients) return { addresses, isForged };
      const address = tidyAddress(entry.address ?? '');
      const isSpelled = address === '' || spelled.includes(squeeze(localPart(address)));
      if (!isSpelled || (address === '' && /@[^@\s]*\?=|=\?[^@]*\?=[^\s,;<]*@/.test(header))) isForged = true;
      const name = cleanLine(entry.name ?? '', limits.nameLength);
      if (name !== '' || address !== '') addresses.push({ name, address: isSpelled ? address : '' });
    }
  }
  return { addresses, isForged: isForged || values.some(hidesAddress) };
}

/** Encoded words belong into names (RFC 2047, section 5): inside angle brackets they are a disguise. */
function hidesAddress(value: string): boolean {
  return /<[^<>"]{0,500}=\?[^?<>]{1,64}\?[BbQq]\?/.test(value.slice(0, limits.headerLength));
}

function localPart(address: string): string {
  return address.slice(0, address.lastIndexOf('@') + 1) || address;
}

function squeeze(text: string): string {
  return text
    .replace(/\([^()]*\)/g, '')
    .replace(/[\s"\\]/g, '')
    .normalize('NFC')
    .toLowerCase();
}

function tidyAddress(address: string): string {
  const tidy = cleanLine(address, limits.addressLength + 1)
    .replace(/^mailto:/i, '')
    .replace(/^'(.+)'$/, '$1')
    .replace(/\.+$/, '');
  return tidy.length > limits.addressLength ? '' : tidy;
}

import { transliterate } from '@helpdesk/core';

/** A name as it stands in an address: small Latin letters, digits and hyphens. */
export const toAddress = (name: string): string => transliterate(name).replace(/[^a-z0-9]+/g, '-');

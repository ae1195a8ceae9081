import type { Language } from './events.js';
import { Random } from './random.js';
import { toAddress } from './to-address.js';
import type { Names } from './words/names.js';

export interface Organization {
  readonly key: string;
  readonly name: string;
  readonly domain: string;
  readonly inn?: string;
}

/** The n-th organisation: another name and domain for each number. */
export function organizationOf(names: Names, language: Language, seed: number, number: number): Organization {
  const firm = names.firms[number % names.firms.length] ?? '';
  const round = Math.floor(number / names.firms.length);
  const form = names.forms[(number + round) % names.forms.length] ?? { name: '{firm}', slug: '' };
  const again = Math.floor(round / names.forms.length);
  const title = firm.replace('-', ' ') + (again ? `-${again + 1}` : '');
  const slug = [toAddress(firm), form.slug, again ? String(again + 1) : ''].filter(Boolean).join('-');
  const organization = {
    key: `org-${number}`,
    name: form.name.replace('{firm}', title),
    domain: `${slug}.example`,
  };
  return language === 'ru'
    ? { ...organization, inn: innOf(new Random(seed, number ^ 0x6f7267)) }
    : organization;
}

// Ten digits with the check digit of Russian tax numbers; no region is numbered 00.
function innOf(random: Random): string {
  const digits = `00${random.digits(7)}`;
  const weights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return digits + String((sum % 11) % 10);
}

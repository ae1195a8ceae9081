import type { FreezeMessage } from '@helpdesk/core';

/** In which language the customer is written to: as the contact says, else as the letter is written, else the company's. */
export function letterLanguage(
  { customer, answered }: Pick<FreezeMessage, 'customer' | 'answered'>,
  ofCompany: 'ru' | 'en',
): 'ru' | 'en' {
  if (customer?.language === 'ru' || customer?.language === 'en') return customer.language;
  const sample = answered?.text.slice(0, 2000) ?? '';
  const cyrillic = sample.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (cyrillic + latin === 0) return ofCompany;
  // Names of programs and addresses are Latin in Russian letters too.
  return cyrillic * 2 >= latin ? 'ru' : 'en';
}

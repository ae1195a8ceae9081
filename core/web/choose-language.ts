type Language = 'ru' | 'en';

const isLanguage = (text: string | null | undefined): text is Language => text === 'ru' || text === 'en';

/**
 * What the reader chose for this visit, else what stands in the profile, else what this browser chose once, else the
 * company's language; a visitor's browser is asked where the company has both.
 */
export function chooseLanguage(choice: {
  /** A customer's, until the browser is closed. */
  visit?: string | undefined;
  own?: string | null;
  cookie?: string | undefined;
  accepts?: string;
  company: Language;
  allowed: readonly Language[];
  /** The company has said nothing yet: ask the browser first. */
  isNew?: boolean;
  /** A customer who has chosen nothing: the browser says it, among the company's languages. */
  asksBrowser?: boolean;
}): Language {
  const { visit, own, cookie, accepts, company, allowed } = choice;
  if (isLanguage(visit) && allowed.includes(visit)) return visit;
  if (isLanguage(own)) return own;
  if (isLanguage(cookie) && allowed.includes(cookie)) return cookie;
  const wanted = accepts?.slice(0, 2).toLowerCase();
  if (choice.isNew && isLanguage(wanted)) return wanted;
  if (choice.asksBrowser && isLanguage(wanted) && allowed.includes(wanted)) return wanted;
  return company;
}

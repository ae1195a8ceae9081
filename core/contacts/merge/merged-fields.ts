import type { ContactRecord } from '../models/contact.js';

/** Fields of the card that a merge chooses one by one. */
export const mergedFields = ['name', 'language', 'timeZone', 'preferredChannel', 'note'] as const;
export type MergedField = (typeof mergedFields)[number];

/** Whose value stays; `both`: the notes one below the other. */
export type MergeChoices = Partial<
  Record<Exclude<MergedField, 'note'>, 'kept' | 'gone'> & { note: 'kept' | 'gone' | 'both' }
>;

type Card = Pick<ContactRecord, MergedField>;

/** What is chosen when nobody chose: the kept one's value, the other's where there is none, both notes. */
export function usualChoices(kept: Card, gone: Card): Required<MergeChoices> {
  const fill = (field: Exclude<MergedField, 'note'>) =>
    kept[field] ? 'kept' : gone[field] ? 'gone' : 'kept';
  const twoNotes = kept.note !== '' && gone.note !== '' && kept.note !== gone.note;
  return {
    name: fill('name'),
    language: fill('language'),
    timeZone: fill('timeZone'),
    preferredChannel: fill('preferredChannel'),
    note: twoNotes ? 'both' : kept.note === '' ? 'gone' : 'kept',
  };
}

/** The values of the card after a merge, as far as they differ from the kept one's. */
export function chosenValues(kept: Card, gone: Card, choices: MergeChoices): Partial<Card> {
  const chosen = { ...usualChoices(kept, gone), ...choices };
  const wanted = mergedFields.map((field) => {
    if (chosen[field] === 'both') return [field, `${kept.note}\n\n${gone.note}`.trim()] as const;
    return [field, chosen[field] === 'gone' ? gone[field] : kept[field]] as const;
  });
  return Object.fromEntries(wanted.filter(([field, value]) => value !== kept[field]));
}

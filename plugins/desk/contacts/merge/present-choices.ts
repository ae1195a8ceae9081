import {
  mergedFields,
  usualChoices,
  type ContactRecord,
  type DeskContext,
  type MergeChoices,
  type MergedField,
} from '@helpdesk/core';

const labels: Readonly<Record<MergedField, string>> = {
  name: 'desk.contacts.field.name',
  language: 'desk.contacts.field.language',
  timeZone: 'desk.contacts.field.timeZone',
  preferredChannel: 'desk.merge.preferredChannel',
  note: 'desk.contacts.field.note',
};

/** The fields in which two cards differ, each with its choices; `typed` is what was chosen before. */
export function presentChoices(
  ctx: DeskContext,
  { kept, gone, typed }: { kept: ContactRecord; gone: ContactRecord; typed: Readonly<MergeChoices> },
) {
  const usual = usualChoices(kept, gone);
  return mergedFields
    .filter((field) => (kept[field] ?? '') !== (gone[field] ?? ''))
    .map((field) => {
      const chosen = typed[field] ?? usual[field];
      const option = (value: 'kept' | 'gone', card: ContactRecord) => ({
        value,
        text: wordsOf(ctx, field, card[field]),
        whose: card.name,
        isChosen: chosen === value,
      });
      const canBoth = field === 'note' && kept.note !== '' && gone.note !== '';
      return {
        name: field,
        label: ctx.t(labels[field]),
        options: [
          option('kept', kept),
          option('gone', gone),
          ...(canBoth
            ? [{ value: 'both', text: ctx.t('desk.merge.both'), whose: null, isChosen: chosen === 'both' }]
            : []),
        ],
      };
    });
}

function wordsOf(ctx: DeskContext, field: MergedField, value: string | null): string {
  if (!value) return ctx.t('desk.merge.empty');
  if (field === 'language' && (value === 'ru' || value === 'en'))
    return ctx.t(`desk.admin.language.${value}`);
  const channel = field === 'preferredChannel' ? ctx.app.channels.get(value) : undefined;
  return channel ? ctx.t(channel.title) : value;
}

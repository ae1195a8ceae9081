import type { Names } from './names.js';

export type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What can be chosen for a field that is compared with a list. */
export function choicesOf(field: string, { names, t }: { names: Names; t: Say }): readonly Choice[] {
  const none = { value: 'none', label: t('routing.none') };
  const worded = (prefix: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${prefix}.${value}`) }));
  switch (field) {
    case 'ticket.line':
      return [...names.lines, none];
    case 'ticket.channel':
      return names.channels;
    case 'ticket.type':
      return [...names.types, none];
    case 'ticket.priority':
      return worded('routing.priority', ['4', '3', '2', '1']);
    case 'ticket.status':
      return names.statuses;
    case 'ticket.team':
      return [...names.teams, none];
    case 'ticket.assignee':
      return [...names.agents, none];
    case 'contact.segment':
      return [...names.segments, none];
    case 'contact.language':
      return [...worded('routing.language', ['ru', 'en']), none];
    case 'hat.kind':
      return [...worded('routing.hat', ['private', 'organization']), none];
    case 'time.weekday':
      return worded('routing.weekday', ['1', '2', '3', '4', '5', '6', '7']);
    default:
      return [];
  }
}

/** How a value of a field is called; as it is when it has no name any more. */
export function labelOf(field: string, value: string, parts: { names: Names; t: Say }): string {
  return choicesOf(field, parts).find((choice) => choice.value === value)?.label ?? value;
}

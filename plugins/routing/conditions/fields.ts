/** How a value is compared; decides the operators and the control of the editor. */
export type FieldKind = 'text' | 'choice' | 'tags' | 'number' | 'flag' | 'clock';

/** What a rule can look at. */
export const TICKET_FIELDS = {
  'ticket.subject': 'text',
  'message.text': 'text',
  'message.isAutomatic': 'flag',
  'ticket.line': 'choice',
  'ticket.channel': 'choice',
  'ticket.type': 'choice',
  'ticket.priority': 'choice',
  'ticket.status': 'choice',
  'ticket.team': 'choice',
  'ticket.assignee': 'choice',
  'ticket.tags': 'tags',
  // How long the customer has been waiting for us, in minutes.
  'ticket.waiting': 'number',
  // Since it was opened, in hours.
  'ticket.age': 'number',
  'ticket.messages': 'number',
  'contact.segment': 'choice',
  'contact.isNew': 'flag',
  'contact.name': 'text',
  'contact.address': 'text',
  'contact.language': 'choice',
  'hat.kind': 'choice',
  'hat.role': 'text',
  'hat.organization': 'text',
  'time.clock': 'clock',
  'time.weekday': 'choice',
} as const satisfies Readonly<Record<string, FieldKind>>;

/** What a segment can look at: of a contact, or of an organization. */
export const SEGMENT_FIELDS = {
  'organization.name': 'text',
  'organization.domain': 'text',
  'organization.note': 'text',
  'organization.members': 'number',
  'contact.name': 'text',
  'contact.address': 'text',
  'contact.language': 'choice',
  'contact.note': 'text',
  'hat.role': 'text',
  // Opened within the last 365 days.
  'tickets.year': 'number',
} as const satisfies Readonly<Record<string, FieldKind>>;

export type TicketField = keyof typeof TICKET_FIELDS;
export type SegmentField = keyof typeof SEGMENT_FIELDS;

/** Operators by kind; each name belongs to one kind, so a condition says by itself how it is compared. */
export const OPERATORS = {
  text: ['contains', 'lacks', 'equals', 'begins', 'empty', 'filled'],
  choice: ['in', 'notIn'],
  tags: ['hasAny', 'hasNone'],
  number: ['atLeast', 'atMost'],
  flag: ['yes', 'no'],
  clock: ['within', 'outside'],
} as const satisfies Readonly<Record<FieldKind, readonly string[]>>;

export type Operator = (typeof OPERATORS)[FieldKind][number];
export const ALL_OPERATORS = Object.values(OPERATORS).flat();

/** Operators that compare with nothing. */
export const BARE: readonly Operator[] = ['empty', 'filled', 'yes', 'no'];

/** The kind of a field of either list; undefined for a name that is none. */
export function kindOf(field: string): FieldKind | undefined {
  const known: Readonly<Record<string, FieldKind>> = { ...TICKET_FIELDS, ...SEGMENT_FIELDS };
  return Object.hasOwn(known, field) ? known[field] : undefined;
}

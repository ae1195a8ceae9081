/** The fixed categories. Statuses are the company's own rows; code tests the category only. */
export type StatusCategory = 'new' | 'open' | 'waiting_customer' | 'waiting_other' | 'solved' | 'closed';

export interface StatusRecord {
  readonly key: string;
  readonly name: string;
  readonly category: StatusCategory;
  readonly position: number;
}

/** Whose move it is: 'us' while the customer waits for an answer. */
export function isOurMove(category: StatusCategory): boolean {
  return category === 'new' || category === 'open';
}

export function isDone(category: StatusCategory): boolean {
  return category === 'solved' || category === 'closed';
}

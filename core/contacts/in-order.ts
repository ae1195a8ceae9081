/** A pair of contacts as it is stored: the smaller id first. */
export const inOrder = (a: number, b: number): { contactId: number; otherId: number } =>
  a < b ? { contactId: a, otherId: b } : { contactId: b, otherId: a };

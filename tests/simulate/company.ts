/**
 * The company of the simulation: it sells metal. Everything here is an assumption; the report prints all of it, and no number comes
 * from a real company. Minutes are the working time of a person for one request.
 */
export const company = {
  managers: 6,
  centre: 4,
  /** Weeks away in a year for each manager; the next one stands in. */
  weeksAway: 4,
  /** What the centre does not end by itself costs it a card of three lines, and the manager the reading. */
  cardMinutes: 3,
  readMinutes: 2,
  /** How much of a request is left for the manager when the centre has prepared it. */
  leftForManager: 0.6,
  /** The most open tickets, by weight, at one desk of the centre. */
  centreLimit: 40,
};

/** Customers by size; new ones have no segment and are not known yet. `weight`: their share of all requests. */
export const groups = [
  { key: 'A', name: 'A, key customers', clients: 8, weight: 10 },
  { key: 'B', name: 'B, large', clients: 24, weight: 16 },
  { key: 'C', name: 'C, medium', clients: 80, weight: 30 },
  { key: 'D', name: 'D, small', clients: 200, weight: 32 },
  { key: 'new', name: 'new, not known', clients: 0, weight: 12 },
] as const;
export type GroupKey = (typeof groups)[number]['key'];

/**
 * What they ask. `manager` and `centre`: minutes; `toManager`: how often the centre needs the manager. Who buys much asks more of what
 * is long, so shares differ by size.
 */
export const kinds = [
  { key: 'price', name: 'price and stock', manager: 12, centre: 8, toManager: 0.06, large: 22, small: 38 },
  { key: 'status', name: 'where is my order', manager: 9, centre: 5, toManager: 0.03, large: 22, small: 20 },
  {
    key: 'papers',
    name: 'papers: certificate, invoice',
    manager: 8,
    centre: 4,
    toManager: 0.01,
    large: 20,
    small: 18,
  },
  { key: 'order', name: 'new order', manager: 28, centre: 20, toManager: 0.1, large: 22, small: 16 },
  {
    key: 'advice',
    name: 'advice: grades, sizes, norms',
    manager: 20,
    centre: 14,
    toManager: 0.2,
    large: 8,
    small: 5,
  },
  { key: 'claim', name: 'claim', manager: 45, centre: 20, toManager: 0.5, large: 6, small: 3 },
] as const;
export type Kind = (typeof kinds)[number];

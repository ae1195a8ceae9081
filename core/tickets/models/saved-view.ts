/** A list of tickets that somebody wants to come back to. */
export interface SavedViewRecord {
  readonly id: number;
  /** Whose it is; null: everybody's. */
  readonly agentId: number | null;
  readonly name: string;
  /** What the desk wrote to find its way back; core does not read it. */
  readonly query: string;
  readonly createdAt: string;
}

/** Whether the full counts are wanted: `npm run campaign`. */
export const isCampaign = process.env['HELPDESK_CAMPAIGN'] === 'full';

/** The seed of this run, printed so that it can be repeated with HELPDESK_SEED. */
export const seed = Number(process.env['HELPDESK_SEED'] ?? 20_260_312);

export interface Random {
  /** 0 ≤ n < most */
  below(most: number): number;
  pick<T>(list: readonly T[]): T;
}

/** Numbers that look random and are the same for a seed (mulberry32). */
export function seeded(start: number): Random {
  let state = start >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number) => Math.floor(next() * most);
  return { below, pick: (list) => list[below(list.length)] as (typeof list)[number] };
}

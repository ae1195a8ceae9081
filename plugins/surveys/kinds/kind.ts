/** What is asked: satisfaction (CSAT), recommendation (NPS), effort (CES 2.0: higher is easier). */
export const KINDS = ['csat', 'nps', 'ces'] as const;
export type Kind = (typeof KINDS)[number];

interface Scale {
  readonly min: number;
  readonly max: number;
  /** From here on an answer is a good one. */
  readonly good: number;
  /** Up to here it is bad, unless the survey says otherwise. */
  readonly bad: number;
}

const scales: Readonly<Record<Kind, Scale>> = {
  csat: { min: 1, max: 5, good: 4, bad: 2 },
  nps: { min: 0, max: 10, good: 9, bad: 6 },
  ces: { min: 1, max: 7, good: 5, bad: 3 },
};

export const scaleOf = (kind: Kind): Scale => scales[kind];

/** All scores of a kind, the lowest first. */
export function scoresOf(kind: Kind): number[] {
  const { min, max } = scales[kind];
  return Array.from({ length: max - min + 1 }, (_, i) => min + i);
}

/** A score as it stands in a link; undefined for what is none of this kind. */
export function readScore(kind: Kind, text: string | undefined): number | undefined {
  if (!/^\d{1,2}$/.test(text ?? '')) return undefined;
  const { min, max } = scales[kind];
  const score = Number(text);
  return score >= min && score <= max ? score : undefined;
}

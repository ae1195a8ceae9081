import { scaleOf, type Kind } from '../kinds/kind.js';

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** A score in words, with the tone of its tag. */
export function presentScore(
  { kind, score }: { kind: Kind; score: number },
  t: Say,
): { text: string; tone: 'ok' | 'danger' | 'warn' } {
  const { good, bad, max } = scaleOf(kind);
  const tone = score >= good ? 'ok' : score <= bad ? 'danger' : 'warn';
  return { text: t('surveys.score', { kind: t(`surveys.kind.${kind}.short`), score, most: max }), tone };
}

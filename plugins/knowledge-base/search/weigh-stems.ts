import type { App } from '@helpdesk/core';

/** A stem that somebody looks for. */
export interface Weighed {
  readonly stem: string;
  /** How much it tells: the rarer in the articles, the more. */
  readonly weight: number;
  /** In how many published texts it stands. */
  readonly texts: number;
  /** Also the beginning of longer ones: the word is still being typed. */
  readonly isBeginning?: boolean;
}

type Reader = Pick<App, 'db' | 'database'>;

/** The stems in the order in which they came, those in no text too. @param beginning the one that is still being typed */
export async function weighStems(
  { db, database }: Reader,
  stems: readonly string[],
  beginning?: string,
): Promise<Weighed[]> {
  const [rows, longer] = await Promise.all([
    db('kb_stems')
      .whereIn('stem', ['', ...stems])
      .select('stem', 'texts') as Promise<{ stem: string; texts: number }[]>,
    beginning === undefined ? undefined : countLonger({ db, database }, beginning),
  ]);
  const known = new Map(rows.map(({ stem, texts }) => [stem, texts]));
  const total = known.get('') ?? 0;
  return stems.map((stem) => {
    const isBeginning = stem === beginning;
    const texts = Math.min(total, (isBeginning ? longer : known.get(stem)) ?? 0);
    const weight = texts === 0 ? 0 : Math.log(1 + (total - texts + 0.5) / (texts + 0.5));
    return { stem, weight, texts, ...(isBeginning ? { isBeginning } : {}) };
  });
}

/** At most so many texts have a word with this beginning. */
async function countLonger({ db, database }: Reader, beginning: string): Promise<number> {
  const query = db('kb_stems').where('texts', '>', 0);
  // Each database walks its index: by bytes, or by the pattern. Stems have no signs in them.
  if (database.engine === 'sqlite')
    void query.where('stem', '>=', beginning).where('stem', '<', `${beginning}\u{10FFFF}`);
  else void query.where('stem', 'like', `${beginning}%`);
  const [row] = await query.sum<{ texts: number | null }[]>({ texts: 'texts' });
  return Number(row?.texts ?? 0);
}

/** The weightiest first. */
export const byWeight = (stems: readonly Weighed[]): Weighed[] =>
  stems.toSorted((a, b) => b.weight - a.weight || (a.stem < b.stem ? -1 : 1));

import { toIndex, type App } from '@helpdesk/core';
import { matchTexts, type Match, type MatchTexts } from './match-texts.js';
import type { Weighed } from './weigh-stems.js';

type Reader = Pick<App, 'db' | 'database'>;
type Where = Pick<MatchTexts, 'language' | 'scope'>;

/** A stem in more texts than this says little, and reckoning with each of them is dear. */
const RARE_MOST = 400;
const isRare = ({ texts }: Weighed) => texts > 0 && texts <= RARE_MOST;
const TITLES = 24;

/** Ids of the texts that have every stem, those that have weighty ones in the title first, then the newest. */
export async function findWithAll(
  app: Reader,
  stems: readonly Weighed[],
  { limit, ...where }: Where & { limit: number },
): Promise<number[]> {
  if (stems.length === 0 || stems.some(({ texts }) => texts === 0)) return [];
  if (stems.every(isRare))
    return idsOf(await matchTexts(app, { ...where, wanted: { every: stems }, order: 'best', limit }));
  const titled = await matchTexts(app, {
    ...where,
    wanted: { every: stems, inTitle: stems },
    order: 'newest',
    limit: TITLES,
  });
  const best = idsOf(byTitle(titled, stems));
  if (best.length >= limit) return best.slice(0, limit);
  const newest = await matchTexts(app, { ...where, wanted: { every: stems }, order: 'newest', limit });
  return [...new Set([...best, ...idsOf(newest)])].slice(0, limit);
}

/** Ids of the texts that have some of the stems: the rarer ones count more, common ones only in a title. */
export async function findWithSome(
  app: Reader,
  stems: readonly Weighed[],
  { limit, ...where }: Where & { limit: number },
): Promise<number[]> {
  const [rare, common] = [stems.filter(isRare), stems.filter((one) => one.texts > RARE_MOST)];
  const [best, titled] = await Promise.all([
    matchTexts(app, { ...where, wanted: { some: rare }, order: 'best', limit }),
    matchTexts(app, { ...where, wanted: { inTitle: common }, order: 'newest', limit: TITLES }),
  ]);
  return [...new Set(idsOf([...best, ...byTitle(titled, stems)]))].slice(0, limit);
}

const idsOf = (matches: readonly Match[]): number[] => matches.map(({ id }) => id);

/** Those first whose titles have the weightiest of the stems; the rest stay in their order. */
function byTitle(matches: readonly Match[], stems: readonly Weighed[]): Match[] {
  const scores = new Map(matches.map(({ id, title }) => [id, scoreOf(toIndex(title).split(' '), stems)]));
  return matches.toSorted((a, b) => (scores.get(b.id) ?? 0) - (scores.get(a.id) ?? 0));
}

const scoreOf = (words: readonly string[], stems: readonly Weighed[]): number =>
  stems
    .filter(({ stem, isBeginning }) =>
      words.some((word) => word === stem || (isBeginning && word.startsWith(stem))),
    )
    .reduce((sum, { weight }) => sum + weight, 0);

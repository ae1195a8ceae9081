import type { DeskContext } from '@helpdesk/core';
import type { Visibility } from '../articles/article.js';
import type { Services } from './place.js';

type Segments = readonly { readonly id: number; readonly mark: string; readonly name: string }[];

export const listSegments = async ({ segments }: Services): Promise<Segments> =>
  (await segments?.list()) ?? [];

/** Who reads, in words. */
export function sayVisibility(
  { t }: Pick<DeskContext, 't'>,
  visibility: Visibility,
  segments: Segments,
): string {
  if (!visibility.startsWith('segment:')) return t(`knowledge-base.visibility.${visibility}`);
  const segment = segments.find(({ id }) => visibility === `segment:${id}`);
  return segment
    ? t('knowledge-base.visibility.segment', { mark: segment.mark, name: segment.name })
    : t('knowledge-base.visibility.goneSegment');
}

/** The choices of an editor; a segment that went stays where it is chosen. */
export function visibilityChoices(
  ctx: Pick<DeskContext, 't'>,
  segments: Segments,
  chosen: string,
): { value: string; label: string; selected: boolean }[] {
  const usual: Visibility[] = [
    'public',
    'visitors',
    ...segments.map(({ id }) => `segment:${id}` as const),
    'agents',
  ];
  const known: readonly string[] = usual;
  const all =
    known.includes(chosen) || !/^segment:\d+$/.test(chosen) ? usual : [...usual, chosen as Visibility];
  return all.map((value) => ({
    value,
    label: sayVisibility(ctx, value, segments),
    selected: value === chosen,
  }));
}

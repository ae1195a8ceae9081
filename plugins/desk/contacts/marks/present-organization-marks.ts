import type { AgentNames, DeskContext, OrganizationMarkRecord } from '@helpdesk/core';
import { presentForm, type FormState } from '../../admin/form-fields.js';
import { presentMarks, reasonOf } from './present-marks.js';

/** A form about a mark that was not saved: of one that stands, or (null) of a new one. */
export interface TypedMark {
  readonly id: number | null;
  readonly state: FormState;
}

/** Marks on the organization's own page: those that stand with their forms, those that were cleared with what was done. */
export function presentOrganizationMarks(
  ctx: DeskContext,
  marks: readonly OrganizationMarkRecord[],
  {
    names,
    typed,
    organizationId,
  }: { names: AgentNames; typed: TypedMark | undefined; organizationId: number },
) {
  const { t } = ctx;
  const standing = marks.filter(({ clearedAt }) => clearedAt === null);
  const fields = (state: FormState, label: string) =>
    presentForm(ctx, state, [
      { id: 'f-mark', name: 'note', label, kind: 'textarea', rows: 2, required: true, maxlength: 2000 },
    ]);
  const isPutting = typed?.id === null;
  return {
    standing: presentMarks(ctx, standing).map((mark) => {
      const mine = typed?.id === mark.id ? typed.state : undefined;
      const problem = mine?.problems['note'];
      return { ...mark, isHere: true, typed: mine?.typed['note'] ?? '', error: problem && t(problem) };
    }),
    cleared: marks
      .filter(({ clearedAt }) => clearedAt !== null)
      .map((mark) => ({
        reason: reasonOf(ctx, mark.reason),
        note: mark.note,
        at: mark.markedAt,
        clearedAt: mark.clearedAt,
        cleared: t('desk.marks.clearedBy', {
          name: names.get(mark.clearedBy ?? 0)?.name ?? t('desk.marks.nobody'),
          note: mark.clearNote ?? '',
        }),
      })),
    put: {
      action: `/desk/organizations/${organizationId}/marks`,
      isOpen: isPutting,
      form: fields(isPutting && typed ? typed.state : { typed: {}, problems: {} }, 'desk.marks.putNote'),
    },
  };
}

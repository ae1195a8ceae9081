import { priorities, type DeskContext } from '@helpdesk/core';
import { priorityWord } from './present-row.js';
import type { Names } from './read-names.js';
import { snoozeChoices } from './snooze-choices.js';

/** What may be done with many tickets at once, as `ticket/bulk` prints it. */
export function presentBulk(ctx: DeskContext, names: Names): Record<string, unknown> | null {
  const [canEdit, canSolve, canTake, canAssign] = ['edit', 'solve', 'reply', 'assign'].map((what) =>
    ctx.can(`tickets.${what}`),
  );
  if (!canEdit && !canSolve && !canTake && !canAssign) return null;
  return {
    canTake,
    canSolve,
    canTag: canEdit,
    people: canAssign
      ? names.people.map(({ id, name }) => ({ id, name, me: id === ctx.viewer.agentId }))
      : undefined,
    tags: canEdit ? names.tags.slice(0, 12).map(({ name }) => ({ value: name, label: name })) : undefined,
    priorities: canEdit
      ? priorities.map((n) => ({ value: n, label: ctx.t(`ui.prio.${priorityWord(n)}`) }))
      : undefined,
    snoozes: canSolve
      ? snoozeChoices(ctx).map((choice) => ({ ...choice, label: ctx.t(`desk.inbox.snooze.${choice.value}`) }))
      : undefined,
  };
}

import { many, type DeskContext, type SettingFields } from '@helpdesk/core';
import { z } from 'zod';
import { entriesOf, type SettingInput } from './present-settings.js';

/** What a settings form gave, by field; boxes that are off are given too, fields that are locked are not. */
export async function readSettings(
  ctx: DeskContext,
  { owner, fields }: { owner: string; fields: SettingFields },
): Promise<SettingInput> {
  const open = entriesOf(fields).filter(([name]) => !ctx.app.settings.isLocked(owner, name));
  const shape = Object.fromEntries(open.map(([name]) => [name, many(z.string())]));
  const given = await ctx.form(z.object(shape));
  return Object.fromEntries(
    open.map(([name, { type }]) => {
      const values = given[name] ?? [];
      return [
        name,
        type === 'choices' ? values : type === 'toggle' ? (values[0] ?? 'false') : (values[0] ?? ''),
      ];
    }),
  );
}

import type { BaseContext, Setting, SettingFields, SettingProblem } from '@helpdesk/core';
import { presentForm, type FieldSpec, type FormState, type PresentedForm } from '../form-fields.js';

export type SettingInput = Readonly<Record<string, string | readonly string[]>>;
type Options = readonly { readonly value: string; readonly label: string }[];

const kinds: Readonly<Record<Setting<unknown>['type'], string>> = {
  text: 'text',
  longtext: 'textarea',
  secret: 'secret',
  number: 'number',
  toggle: 'boolean',
  choice: 'select',
  choices: 'multiselect',
};

export interface PresentedSettings extends Pick<PresentedForm, 'errors'> {
  readonly groups: readonly { title: string | null; fields: PresentedForm['fields'] }[];
}

export interface ShownSettings {
  readonly owner: string;
  readonly fields: SettingFields;
  /** What was typed, when it was not saved. */
  readonly typed?: SettingInput;
  readonly problems?: Readonly<Record<string, SettingProblem>>;
  /** Text fields that are chosen from a list on this page. */
  readonly lists?: Readonly<Record<string, Options>>;
}

/** A form made from the declared fields, under the headings of their groups. A secret's value never leaves. */
export function presentSettings(ctx: BaseContext, shown: ShownSettings): PresentedSettings {
  const entries = entriesOf(shown.fields);
  const { settings } = ctx.app;
  const stored = Object.fromEntries(
    entries.map(([name, field]) => [
      name,
      asTyped(field.secret ? '' : settings.get(shown.owner, name, field)),
    ]),
  );
  const problems = Object.fromEntries(
    Object.entries(shown.problems ?? {}).map(([name, problem]) => [name, `desk.admin.problem.${problem}`]),
  );
  const typed = { ...stored, ...withoutSecrets(entries, shown.typed ?? {}) };
  const state: FormState = { typed, problems };
  const specs = entries.map(([name, field]) => specOf(ctx, { name, field, shown }));
  const { fields, errors } = presentForm(ctx, state, specs);
  const titles = [...new Set(entries.map(([, { group }]) => group ?? null))];
  const groups = titles.map((title) => ({
    title: title === null ? null : ctx.t(title),
    fields: fields.filter((_, at) => (entries[at]?.[1].group ?? null) === title),
  }));
  return { groups, errors };
}

export const entriesOf = (fields: SettingFields): [string, Setting<unknown>][] =>
  Object.entries(fields).map(([name, field]) => [name, field as Setting<unknown>]);

function specOf(
  ctx: BaseContext,
  { name, field, shown }: { name: string; field: Setting<unknown>; shown: ShownSettings },
): FieldSpec {
  const { settings } = ctx.app;
  const list = shown.lists?.[name];
  const hint = `${field.label}.hint`;
  const options =
    list ?? field.choices?.map((value) => ({ value, label: choiceLabel(ctx, field.label, value) }));
  return {
    name,
    label: field.label,
    kind: list ? 'select' : kinds[field.type],
    ...(ctx.t(hint) === hint ? {} : { hint }),
    ...(options ? { options } : {}),
    ...(field.unit ? { unit: ctx.t(field.unit) } : {}),
    ...boundsOf(field),
    locked: settings.isLocked(shown.owner, name),
    isSet: field.secret === true && settings.isSet(shown.owner, name),
  };
}

function boundsOf({ type, min, max }: Setting<unknown>): Partial<FieldSpec> {
  if (type === 'number')
    return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  return type === 'text' || type === 'longtext' ? { maxlength: max ?? 500 } : {};
}

/** `<label>.<choice>` when there is such a text, else the choice itself. */
function choiceLabel(ctx: BaseContext, label: string, value: string): string {
  const key = `${label}.${value}`;
  const text = ctx.t(key);
  return text === key ? value : text;
}

function asTyped(value: unknown): string | readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

const withoutSecrets = (entries: readonly [string, Setting<unknown>][], typed: SettingInput): SettingInput =>
  Object.fromEntries(
    entries.flatMap(([name, { secret }]) => {
      const given = typed[name];
      return secret || given === undefined ? [] : [[name, given]];
    }),
  );

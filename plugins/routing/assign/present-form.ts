import type { BaseContext } from '@helpdesk/core';

/** What stands in a form and what is wrong with it, by field; problems are text keys. */
export interface FormState {
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: Readonly<Record<string, string>>;
}

export interface FieldSpec {
  readonly name: string;
  /** Words. */
  readonly label: string;
  readonly kind?: string;
  readonly hint?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly maxlength?: number;
  readonly placeholder?: string;
  readonly rows?: number;
  readonly min?: number;
  readonly max?: number;
  readonly autofocus?: boolean;
}

/** Fields as `ui/field` prints them, and the list of problems that stands above them. */
export function presentForm(
  { t }: Pick<BaseContext, 't'>,
  { typed, problems }: FormState,
  specs: readonly FieldSpec[],
) {
  const fields = specs.map(({ options, ...spec }) => {
    const problem = problems[spec.name];
    const value = typed[spec.name] ?? '';
    return {
      ...spec,
      value,
      ...(problem === undefined ? {} : { error: t(problem) }),
      ...(options ? { options: options.map((one) => ({ ...one, selected: one.value === value })) } : {}),
    };
  });
  const errors = fields.flatMap(({ name, label, error }) =>
    error === undefined ? [] : [{ id: `f-${name}`, label, message: error }],
  );
  return { fields, errors };
}

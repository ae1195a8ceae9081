import type { BaseContext, Outcome } from '@helpdesk/core';

/** What somebody typed and what is wrong with it, by field; problems are text keys. */
export interface FormState {
  readonly typed: Readonly<Record<string, string | readonly string[]>>;
  readonly problems: Readonly<Record<string, string>>;
}

/** A form as it is opened. */
export const asStored = (typed: FormState['typed'] = {}): FormState => ({ typed, problems: {} });

/** A form after an action said no. */
export const asRefused = (typed: FormState['typed'], outcome: Outcome, otherwise: string): FormState => ({
  typed,
  problems: outcome.ok ? {} : { [outcome.field ?? otherwise]: outcome.because },
});

export interface FieldSpec {
  readonly name: string;
  /** Text key. */
  readonly label: string;
  readonly kind?: string;
  /** Text key. */
  readonly hint?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly optional?: boolean;
  readonly required?: boolean;
  readonly maxlength?: number;
  readonly rows?: number;
  readonly min?: number;
  readonly max?: number;
  /** Words. */
  readonly unit?: string;
  readonly locked?: boolean;
  readonly isSet?: boolean;
  readonly id?: string;
  readonly autocomplete?: string;
}

/** What `ui/field` prints. */
export interface PresentedField extends Omit<FieldSpec, 'options'> {
  readonly value: string | boolean;
  readonly error?: string;
  readonly options?: readonly { value: string; label: string; selected: boolean }[];
}

export interface PresentedForm {
  readonly fields: readonly PresentedField[];
  readonly errors: readonly { id: string; label: string; message: string }[];
}

/** Fields of a form with what was typed and what is wrong, and the list of problems that stands above it. */
export function presentForm(
  ctx: Pick<BaseContext, 't'>,
  { typed, problems }: FormState,
  specs: readonly FieldSpec[],
): PresentedForm {
  const fields = specs.map((spec) =>
    presentField(ctx, spec, { given: typed[spec.name], problem: problems[spec.name] }),
  );
  const errors = fields.flatMap(({ error, id, name, label }) =>
    error === undefined ? [] : [{ id: id ?? `f-${name}`, label, message: error }],
  );
  return { fields, errors };
}

function presentField(
  ctx: Pick<BaseContext, 't'>,
  { options, hint, label, ...spec }: FieldSpec,
  { given, problem }: { given: string | readonly string[] | undefined; problem: string | undefined },
): PresentedField {
  const chosen = given === undefined ? [] : typeof given === 'string' ? [given] : given;
  return {
    ...spec,
    label: ctx.t(label),
    value: spec.kind === 'boolean' ? chosen.includes('true') : (chosen[0] ?? ''),
    ...(hint === undefined ? {} : { hint: ctx.t(hint) }),
    ...(problem === undefined ? {} : { error: ctx.t(problem) }),
    ...(options === undefined
      ? {}
      : { options: options.map((option) => ({ ...option, selected: chosen.includes(option.value) })) }),
  };
}

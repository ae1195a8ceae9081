import {
  listLines,
  type AccountCheck,
  type Channel,
  type ChannelAccount,
  type ChannelSetup,
  type DeskContext,
  type Setting,
} from '@helpdesk/core';
import { presentForm, type FieldSpec, type FormState } from '../form-fields.js';
import { renderSettings } from '../render-settings.js';

const kinds: Readonly<Record<Setting<unknown>['type'], string>> = {
  text: 'text',
  longtext: 'textarea',
  secret: 'secret',
  number: 'number',
  toggle: 'boolean',
  choice: 'select',
  choices: 'multiselect',
};

interface Place {
  readonly channel: Channel;
  readonly setup: ChannelSetup;
  readonly account?: ChannelAccount | undefined;
  readonly path: string;
}

interface Shown {
  readonly state: FormState;
  /** Secrets of this form, so that they need not be pasted twice; only this desk can open it. */
  readonly sealed?: string | undefined;
  readonly version?: number | undefined;
  /** What the provider said when it was asked. */
  readonly checked?: Extract<AccountCheck, { ok: true }>;
  readonly message?: string;
  readonly isConflict?: boolean;
}

/** The form of an account, made of the fields that its channel asks for. */
export async function showChannel(
  ctx: DeskContext,
  { channel, setup, account, path }: Place,
  { state, sealed, version, checked, message, isConflict }: Shown,
): Promise<void> {
  const lines = (await listLines(ctx.db)).map(({ id, name }) => ({ value: String(id), label: name }));
  const asked = Object.entries(setup.fields).map(([name, field]) =>
    specOf(ctx, {
      name,
      field: field as Setting<unknown>,
      isKept: account !== undefined || checked !== undefined,
    }),
  );
  const form = presentForm(ctx, state, [
    ...asked,
    {
      name: 'name',
      label: 'desk.admin.channels.name',
      hint: 'desk.admin.channels.nameHint',
      optional: true,
      maxlength: 100,
    },
    { name: 'lineId', label: 'desk.admin.mailboxes.field.line', kind: 'select', options: lines },
  ]);
  const after = account && setup.after?.(account);
  const status = isConflict ? 409 : form.errors.length > 0 || message ? 422 : 200;
  await renderSettings(
    ctx,
    { view: 'channel', status },
    {
      heading: ctx.t(channel.title),
      intro: ctx.t(setup.intro),
      form,
      sealed,
      version,
      checked: checked && { name: checked.name, address: checked.address },
      message,
      isConflict,
      isNew: account === undefined,
      after: after && ctx.t(after.text, after.values),
      action: account ? `${path}/${account.id}` : `${path}/new/${channel.id}`,
    },
  );
}

function specOf(
  ctx: DeskContext,
  { name, field, isKept }: { name: string; field: Setting<unknown>; isKept: boolean },
): FieldSpec {
  const { label, type, choices, min, max, secret } = field;
  const has = (key: string) => ctx.t(key) !== key;
  return {
    name: `c-${name}`,
    label,
    kind: kinds[type],
    ...(has(`${label}.hint`) ? { hint: `${label}.hint` } : {}),
    ...(choices
      ? {
          options: choices.map((value) => ({
            value,
            label: has(`${label}.${value}`) ? ctx.t(`${label}.${value}`) : value,
          })),
        }
      : {}),
    ...(type === 'number'
      ? { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
      : {}),
    ...(type === 'text' || type === 'longtext'
      ? { maxlength: max ?? 500, optional: field.required !== true }
      : {}),
    isSet: secret === true && isKept,
  };
}

import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import type { Actor } from '../hooks/catalogue.js';
import { readSetting, type Setting, type SettingFields, type SettingProblem } from './setting-fields.js';

/** Settings of everybody, kept in memory and re-read when they change. Keys are `<owner>.<field>`. */
export interface Settings {
  /** Reads all values; called at start, and after each `settings` signal. */
  load(): Promise<void>;
  /** The value in force: the config's, else the stored one, else the default. */
  get(owner: string, name: string, field: Setting<unknown>): unknown;
  /** All values of an owner's fields. */
  values(owner: string, fields: SettingFields): Readonly<Record<string, unknown>>;
  /** Whether a value comes from the config and cannot be changed in the browser. */
  isLocked(owner: string, name: string): boolean;
  /** A secret is never given back; this says whether there is one. */
  isSet(owner: string, name: string): boolean;
  /**
   * Checks and stores; nothing is stored when one value is wrong. A secret that is left empty stays.
   * @returns the problems by field name, empty when all was stored
   */
  save(
    owner: string,
    fields: SettingFields,
    input: { values: Readonly<Record<string, unknown>>; actor: Actor },
  ): Promise<Readonly<Record<string, SettingProblem>>>;
}

export function createSettings(app: App, locked: ReadonlyMap<string, unknown> = new Map()): Settings {
  let stored = new Map<string, unknown>();

  async function load(): Promise<void> {
    const rows: { key: string; value: string; secret: number }[] = await app.db('settings').select();
    stored = new Map(rows.map((row) => [row.key, row.secret ? open(row.value) : JSON.parse(row.value)]));
  }
  const open = (sealed: string): unknown => {
    const plain = app.keys.decrypt(JSON.parse(sealed) as string);
    return plain === undefined ? undefined : JSON.parse(plain);
  };

  function get(owner: string, name: string, field: Setting<unknown>): unknown {
    const key = `${owner}.${name}`;
    if (locked.has(key)) return locked.get(key);
    const value = stored.get(key);
    if (value === undefined) return field.default;
    // A field whose choices or range have changed since falls back to its default.
    const read = readSetting(field, value);
    return 'value' in read ? read.value : field.default;
  }

  return {
    load,
    get,
    values: (owner, fields) =>
      Object.fromEntries(
        Object.entries(fields).map(([name, field]) => [name, get(owner, name, field as Setting<unknown>)]),
      ),
    isLocked: (owner, name) => locked.has(`${owner}.${name}`),
    isSet: (owner, name) => Boolean(locked.get(`${owner}.${name}`) ?? stored.get(`${owner}.${name}`)),
    async save(owner, fields, { values, actor }) {
      const problems: Record<string, SettingProblem> = {};
      const changed: { key: string; value: unknown; secret: boolean }[] = [];
      for (const [name, anyField] of Object.entries(fields)) {
        const field = anyField as Setting<unknown>;
        const key = `${owner}.${name}`;
        if (locked.has(key) || !(name in values)) continue;
        if (field.secret && values[name] === '') continue;
        const read = readSetting(field, values[name]);
        if ('problem' in read) problems[name] = read.problem;
        else if (JSON.stringify(read.value) !== JSON.stringify(get(owner, name, field)))
          changed.push({ key, value: read.value, secret: field.secret ?? false });
      }
      if (Object.keys(problems).length > 0 || changed.length === 0) return problems;
      await store(changed, actor);
      return {};
    },
  };

  async function store(
    changed: readonly { key: string; value: unknown; secret: boolean }[],
    actor: Actor,
  ): Promise<void> {
    await change(app, async ({ trx, at, announce }) => {
      for (const { key, value, secret } of changed) {
        const json = JSON.stringify(value);
        const row = {
          key,
          value: secret ? JSON.stringify(app.keys.encrypt(json)) : json,
          secret: secret ? 1 : 0,
          updatedAt: at,
          updatedBy: `${actor.kind}:${actor.id}`,
        };
        await trx('settings').insert(row).onConflict('key').merge(row);
      }
      announce('settings.changed', { keys: changed.map(({ key }) => key), actor });
    });
    await load();
    app.signals.wake('settings');
  }
}

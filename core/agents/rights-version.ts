import type { Knex } from 'knex';
import type { App } from '../database/app.js';
import { change, type Change } from '../database/change.js';

const versions = new WeakMap<Knex, number>();

/** Grows with every change of agents, roles, teams, lines or sessions that this process commits. */
export const rightsVersion = (db: Knex): number => versions.get(db) ?? 0;

/** `change` for agents, roles and sessions: what was remembered of them in this process is forgotten with the commit. */
export function changeRights<T>(app: App, work: (change: Change) => Promise<T>): Promise<T> {
  return change(app, (open) => {
    open.afterCommit(() => void versions.set(app.db, rightsVersion(app.db) + 1));
    return work(open);
  });
}

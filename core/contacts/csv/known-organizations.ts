import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { Knex } from 'knex';
import { fold } from '../../database/search/words.js';
import { eachChunk } from './each-chunk.js';

export interface KnownOrganization {
  readonly id: number;
  readonly name: string;
  readonly folded: string;
  readonly domain: string | null;
  readonly note: string;
  readonly version: number;
}

/** Organizations by name and domain: those of the desk, and under negative ids those that rows before bring. */
export interface KnownOrganizations {
  byName(name: string): readonly number[];
  byDomain(domain: string): readonly number[];
  find(id: number): KnownOrganization | undefined;
}

export const plainDomain = (domain: string): string => domainToASCII(domain.toLowerCase()) || domain;

/** Looks up the organizations that rows name. @param ids of rows that name them by an id of this desk */
export async function findKnownOrganizations(
  db: Knex,
  wanted: readonly { readonly name: string; readonly domain: string }[],
  { ids = [], brought }: { ids?: readonly number[]; brought: BroughtOrganizations },
): Promise<KnownOrganizations> {
  const found = new Map<number, KnownOrganization>();
  const read = (column: string) => async (values: readonly (string | number)[]) => {
    const rows: KnownOrganization[] = await db('organizations')
      .whereIn(column, values)
      .orderBy('id')
      .select('id', 'name', 'folded', 'domain', 'note', 'version');
    for (const row of rows) found.set(row.id, row);
  };
  await eachChunk(unique(wanted.map(({ name }) => fold(name))), read('folded'));
  await eachChunk(unique(wanted.map(({ domain }) => domain)), read('domain'));
  await eachChunk(ids, read('id'));
  const all = [...found.values()];
  return {
    find: (id) => found.get(id),
    byName(name) {
      const folded = fold(name);
      return [...all.filter((one) => one.folded === folded).map(({ id }) => id), ...brought.byName(folded)];
    },
    byDomain(domain) {
      const own = all.filter((one) => one.domain !== null && plainDomain(one.domain) === domain);
      return [...own.map(({ id }) => id), ...brought.byDomain(domain)];
    },
  };
}

const unique = (texts: readonly string[]) => [...new Set(texts)].filter((text) => text !== '');

/** What rows bring that the desk does not have yet, in little memory. */
export class BroughtOrganizations {
  readonly #byName = new Map<number, number>();
  readonly #byDomain = new Map<number, number>();
  #last = 0;

  byName(folded: string): readonly number[] {
    return one(this.#byName.get(shortHash(folded)));
  }
  byDomain(domain: string): readonly number[] {
    return one(this.#byDomain.get(shortHash(domain)));
  }
  /** @returns the id under which it is found: negative */
  bring({ name, domain }: { name: string; domain: string }): number {
    this.#last -= 1;
    this.#byName.set(shortHash(fold(name)), this.#last);
    if (domain) this.#byDomain.set(shortHash(domain), this.#last);
    return this.#last;
  }
}

const one = (id: number | undefined): readonly number[] => (id === undefined ? [] : [id]);

/** 48 bits of a text: among a million texts two are taken for one in one file of five hundred. */
export function shortHash(text: string): number {
  return createHash('sha1').update(text).digest().readUIntBE(0, 6);
}

import { service, type Service } from '@helpdesk/core';
import type { Knex } from 'knex';

/** What a figure is counted in. `score` is a plain number; `share` is 0 or 1 a row; `seconds` are whole ones. */
export type Unit = 'seconds' | 'count' | 'share' | 'score';

/** Which moment of a ticket puts it into a period. */
export type Moment = 'openedAt' | 'firstRepliedAt' | 'lastRepliedAt' | 'solvedAt';

/** The database and the moment for which figures are asked, ISO text. */
export interface Reading {
  readonly db: Knex;
  readonly now: string;
}

export interface ContributedMeasure {
  /** `<plugin>.<name>`, as it stands in addresses and CSV columns: letters, digits and dots. */
  readonly key: string;
  /** A text key of the plugin; what is counted is told in `<label>.hint`. */
  readonly label: string;
  /** Seconds make a median, counts a number, shares and scores a mean. */
  readonly unit: Unit;
  /** Whether less is better: what is red and what is green. Left out: neither. */
  readonly lessIsBetter?: boolean;
  /** The column of the table's rows; where it is null, the row does not count. Left out: every row counts once. */
  readonly column?: string;
}

/** What happened to tickets, and the measures that count it. */
export interface FactTable {
  /**
   * Selects `ticketId`, the columns of the measures, those that are held, and `at` unless the moment is the ticket's. It
   * becomes a part of a larger query: an index on `at` is used. Whether the reader may see a ticket is asked elsewhere.
   */
  rows(reading: Reading): Knex.QueryBuilder;
  /** What puts a row into a period: a moment of its ticket, which then has one row at most, or `at`, its own. */
  readonly moment: Moment | 'at';
  readonly measures: readonly ContributedMeasure[];
  /** What the ticket was then: columns by key of a dimension, also of another plugin's. All others are of the ticket now. */
  readonly holds?: Readonly<Record<string, string>>;
}

export interface ContributedDimension {
  readonly key: string;
  readonly label: string;
  /** Selects `ticketId` and `value`, one row a ticket at most; without a row the ticket has none. */
  rows(reading: Reading): Knex.QueryBuilder;
  /** The words for values, once a page; a value without words is shown as gone. */
  names?(
    reading: { readonly db: Knex; t(key: string): string },
    values: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
}

/** Facts about tickets that another plugin keeps in tables of its own. What throws leaves its figures out and is logged. */
export interface FactSource {
  readonly tables?: readonly FactTable[];
  readonly dimensions?: readonly ContributedDimension[];
}

/**
 * What a plugin provides to add measures and dimensions: `provides: { facts: factsOf('surveys') }` and
 * `provide(factsOf('surveys'), source)` in `register`. It needs no reports to be installed, and reports need not be told.
 */
export const factsOf = (plugin: string): Service<FactSource> => service<FactSource>(`reportFacts.${plugin}`);

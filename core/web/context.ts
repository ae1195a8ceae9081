import type { Readable } from 'node:stream';
import type { Knex } from 'knex';
import type { ZodType, output } from 'zod';
import type { Viewer } from '../agents/viewer.js';
import type { AgentRecord } from '../agents/models/agent.js';
import type { HostApp } from '../plugins/host-app.js';
import type { Change } from '../database/change.js';
import type { Visitor } from '../contacts/access/models/visitor.js';
import type { Actor, Awaitable } from '../hooks/catalogue.js';
import type { TextValues } from '../i18n/compile-text.js';

/** A file that came with a form, in memory. */
export interface Upload {
  readonly field: string;
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** What a form gave: its value, or what is wrong with it and what was typed. */
export type FormResult<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      /** By field name: a text key. */
      readonly problems: Readonly<Record<string, string>>;
      /** What was typed, to be shown again. */
      readonly typed: Readonly<Record<string, string>>;
    };

/** A few words shown on the next page. `undo` makes it a button that posts there. */
export interface Flash {
  readonly text: string;
  readonly tone?: 'ok' | 'warn' | 'danger';
  readonly undo?: {
    readonly url: string;
    readonly seconds?: number;
    readonly fields?: Readonly<Record<string, string>>;
  };
}

export interface PageOptions {
  readonly status?: number;
  /** Merged into what layouts read as `@page`. */
  readonly page?: Readonly<Record<string, unknown>>;
}

/** One visit, whoever it is from. */
export interface BaseContext {
  readonly app: HostApp;
  /** The reader. */
  readonly db: Knex;
  readonly params: Readonly<Record<string, string>>;
  /** First values; a name given twice counts once. */
  readonly query: Readonly<Record<string, string>>;
  queryAll(name: string): readonly string[];
  readonly method: string;
  readonly path: string;
  /** Path and query of this page. */
  readonly url: string;
  readonly ip: string;
  readonly userAgent: string;
  header(name: string): string;
  /** Whether a script asked, and wants a piece of a page instead of a redirect. */
  readonly wantsFragment: boolean;
  readonly language: 'ru' | 'en';
  readonly timeZone: string;
  readonly now: Date;
  readonly actor: Actor;
  t(key: string, values?: TextValues): string;

  /** Reads and checks the body. @throws FORM_INVALID, INPUT_INVALID, TOO_LARGE */
  form<S extends ZodType>(schema: S): Promise<output<S>>;
  /** The same, with what is wrong as an answer. */
  readForm<S extends ZodType>(schema: S): Promise<FormResult<output<S>>>;
  /** The body as it was typed: first values. */
  typed(): Promise<Readonly<Record<string, string>>>;
  /**
   * The files of a multipart form. A desk reads 20 files of 25 MB in all; a page may take less, never more. The fields
   * stay readable when there are too many, so that the page can say so.
   * @param limits `maxBytes` of all files together, `most` files
   * @throws TOO_LARGE, whose words a visitor may read
   */
  uploads(limits?: { maxBytes?: number; most?: number }): Promise<readonly Upload[]>;
  change<T>(work: (change: Change) => Promise<T>): Promise<T>;

  render(view: string, data?: Readonly<Record<string, unknown>>, options?: PageOptions): Promise<void>;
  renderPartial(partial: string, data?: Readonly<Record<string, unknown>>): Promise<void>;
  /** To a path of this site, 303. Anything else leads to the start page. */
  redirect(path: string): void;
  flash(flash: Flash): void;
  /** Answers JSON. */
  json(value: unknown, status?: number): void;
  /** Answers text or bytes. */
  send(
    content: string | Buffer | Readable,
    options: { type: string; status?: number; headers?: Readonly<Record<string, string>> },
  ): void;
  /** Server-sent events: the stream stays open until the visitor leaves. */
  stream(): { write(text: string): void; onClose(work: () => void): void; close(): void };
  cookie(name: string): string | undefined;
  setCookie(name: string, value: string | null, options?: { maxAgeMs?: number; httpOnly?: boolean }): void;
  noContent(): void;
}

/** A visit to a page of the desk that anybody may open: signing in, the setup. */
export interface PublicDeskContext extends BaseContext {
  readonly signedIn: { readonly agent: AgentRecord; readonly viewer: Viewer } | null;
  /** Starts the session cookie. */
  startSession(token: string): void;
  endSession(): void;
  readonly sessionToken: string | undefined;
  /** Starts a customer's session in this browser, for an agent who looks as one. */
  startVisit(token: string): void;
}

/** A visit of somebody who is signed in. */
export interface DeskContext extends PublicDeskContext {
  readonly agent: AgentRecord;
  readonly viewer: Viewer;
  readonly sessionId: number;
  can(permission: string): boolean;
}

/** A visit to a customer's page that anybody may open. */
export interface PortalContext extends BaseContext {
  /** Who is signed in; null: nobody. */
  readonly visitor: Visitor | null;
  readonly contactId: number | null;
  /** Starts the session cookie. */
  startSession(token: string): void;
  endSession(): void;
  readonly sessionToken: string | undefined;
}

/** A visit to a page of a customer's own. */
export interface VisitorContext extends PortalContext {
  readonly visitor: Visitor;
  readonly contactId: number;
}

export interface ApiContext extends BaseContext {
  readonly scopes: ReadonlySet<string>;
}

/** A call from outside, with the bytes as they came: signatures are made over them. */
export interface InboundContext extends BaseContext {
  readonly raw: Buffer;
}

export type DeskHandler = (ctx: DeskContext) => Awaitable<void>;
export type PublicDeskHandler = (ctx: PublicDeskContext) => Awaitable<void>;
export type PortalHandler = (ctx: PortalContext) => Awaitable<void>;
export type VisitorHandler = (ctx: VisitorContext) => Awaitable<void>;
export type ApiHandler = (ctx: ApiContext) => Awaitable<void>;
export type InboundHandler = (ctx: InboundContext) => Awaitable<void>;

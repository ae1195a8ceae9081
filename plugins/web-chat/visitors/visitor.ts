import { change, hashToken, type App } from '@helpdesk/core';
import type { Knex } from 'knex';

/** Who writes in a chat, as far as the chat knows. */
export interface VisitorRecord {
  readonly id: number;
  readonly accountId: number;
  readonly visitor: string;
  readonly tokenHash: string;
  readonly name: string;
  readonly email: string | null;
  readonly provenEmail: string | null;
  readonly language: string | null;
  readonly page: string | null;
  readonly lastLine: number;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly endedAt: string | null;
}

/** What a browser shows to be let in: whom it says it is, and what only it can know. */
export interface Pass {
  readonly accountId: number;
  readonly visitor: string;
  readonly token: string;
}

export type About = Partial<Pick<VisitorRecord, 'name' | 'email' | 'provenEmail' | 'language' | 'page'>>;

/** The visitor by the desk's name for them. */
export async function findVisitor(db: Knex, visitor: string): Promise<VisitorRecord | undefined> {
  return db<VisitorRecord>('web_chat_visitors').where({ visitor }).first() as Promise<
    VisitorRecord | undefined
  >;
}

/** Undefined for a visitor of another chat and for a wrong token alike: nothing is told of others. */
export async function findByPass(db: Knex, pass: Pass): Promise<VisitorRecord | undefined> {
  const known = await findVisitor(db, pass.visitor);
  return known && fits(known, pass) ? known : undefined;
}

const fits = (known: VisitorRecord, { accountId, token }: Pass): boolean =>
  known.accountId === accountId && known.endedAt === null && known.tokenHash === hashToken(token);

/**
 * Lets a visitor in who writes: somebody new is written down under the token that came along, and what they say of
 * themselves is kept. @returns undefined when the name is somebody else's
 */
export async function admitVisitor(app: App, pass: Pass, about: About): Promise<VisitorRecord | undefined> {
  const said = Object.fromEntries(
    Object.entries(about).filter(([, value]) => value !== undefined && value !== ''),
  );
  const known = await findVisitor(app.db, pass.visitor);
  if (known && !fits(known, pass)) return undefined;
  if (known && saysNothingNew(known, said)) return known;
  return change(app, async ({ trx, at }) => {
    const { accountId, visitor, token } = pass;
    if (!known)
      await trx('web_chat_visitors')
        .insert({ accountId, visitor, tokenHash: hashToken(token), name: '', createdAt: at, seenAt: at })
        .onConflict(['visitor'])
        .ignore();
    const kept = await findVisitor(trx, visitor);
    if (!kept || !fits(kept, pass)) return undefined;
    if (!saysNothingNew(kept, said)) await trx('web_chat_visitors').where({ id: kept.id }).update(said);
    return { ...kept, ...said };
  });
}

const saysNothingNew = (known: VisitorRecord, said: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(said).every(([name, value]) => known[name as keyof VisitorRecord] === value);

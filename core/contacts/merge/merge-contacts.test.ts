import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { change } from '../../database/change.js';
import { refuse, type Actor } from '../../hooks/catalogue.js';
import { makeTestApp, type TestApp } from '../../testing/test-app.js';
import { testEngines } from '../../testing/test-database.js';
import { changeTicketContact } from '../../tickets/actions/change-ticket-contact.js';
import { chooseHat } from '../../tickets/actions/choose-hat.js';
import { openTicket } from '../../tickets/actions/open-ticket.js';
import { receiveMessage } from '../../tickets/actions/receive-message.js';
import { seedTickets } from '../../tickets/seed-tickets.js';
import { addIdentity } from '../actions/add-identity.js';
import { addMembership } from '../actions/add-membership.js';
import { changeContact } from '../actions/change-contact.js';
import { createContact } from '../actions/create-contact.js';
import { createOrganization } from '../actions/create-organization.js';
import { forgetMerges } from '../actions/forget-merges.js';
import { keepApart } from '../actions/keep-apart.js';
import { mergeContacts } from '../actions/merge-contacts.js';
import { removeIdentity } from '../actions/remove-identity.js';
import { unmergeContacts } from '../actions/unmerge-contacts.js';
import { findByIdentity } from '../queries/find-by-identity.js';
import { findContactCard } from '../queries/find-contact-card.js';
import { findContact } from '../queries/find-contact.js';
import { findMerge } from '../queries/find-merge.js';
import { listContacts } from '../queries/list-contacts.js';
import { listMembers } from '../queries/find-organization.js';
import { listMerges } from '../queries/list-merges.js';
import { otherPlaces, places } from './places.js';

const actor: Actor = { kind: 'agent', id: 7 };
const DAY = 24 * 3_600_000;

/** Everything that a merge can touch, without what counts and dates changes. */
const tables = [
  'contacts', 'identities', 'memberships', 'tickets', 'messages', 'match_evidence', 'contact_differences',
  'contact_keys', 'contact_pairs', 'organization_marks',
] as const; // prettier-ignore
async function snapshot({ db }: TestApp): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {};
  for (const table of tables) {
    const all: Record<string, unknown>[] = await db(table);
    rows[table] = all.map((row) => JSON.stringify({ ...row, version: 0, updatedAt: '' })).toSorted();
  }
  return rows;
}

describe.each(testEngines)('merging contacts on %s', (engine) => {
  let app: TestApp;
  let ann: number;
  let anna: number;
  beforeEach(async () => {
    app = await makeTestApp(engine);
    await change(app, ({ trx }) => seedTickets(trx, 'en'));
    ann = await create('Ann Lind', 'ann@firm.example');
    anna = await create('Anna Lind', 'anna@home.example');
  });
  afterEach(() => app.close());

  const create = (name: string, ...addresses: string[]) =>
    createContact(app, { name, identities: addresses.map((value) => ({ kind: 'email', value })), actor });
  const open = async (contactId: number, membershipId: number | null = null) => {
    const said = { subject: 'Kettle', text: 'It leaks', lineId: null, agentId: 7, membershipId, actor };
    return (await openTicket(app, { ...said, contactId, first: { kind: 'heard', channel: 'phone' } }))
      .ticketId;
  };
  const merge = async (keptId = ann, goneId = anna, more = {}) =>
    (await mergeContacts(app, { keptId, goneId, actor, ...more })).mergeId;
  const undo = (mergeId: number) => unmergeContacts(app, { mergeId, actor });
  const ownerOf = async (ticketId: number) =>
    (await app.db('tickets').where({ id: ticketId }).first('contactId')).contactId as number;
  const events = async (name: string) => {
    const rows: { payload: string }[] = await app.db('events').where({ name }).orderBy('id');
    return rows.map(({ payload }) => JSON.parse(payload) as object);
  };
  let letters = 0;
  const receive = async (from: string, contactId: number, ticketId: number | null = null) => {
    letters += 1;
    const sender = { kind: 'email', value: from, name: '' };
    const message = {
      externalId: null, fingerprint: `f${letters}`, writtenAt: null, subject: 'Again', text: 'Still leaks', quote: '',
      html: null, htmlVersion: null, participants: { from: sender }, attachments: [], auto: null, flags: [],
    }; // prettier-ignore
    const evidence = [
      {
        candidateContactId: contactId,
        kind: 'identity',
        strength: 'strong' as const,
        decision: 'taken' as const,
        plugin: 'core',
      },
    ];
    const outcome = await receiveMessage(app, {
      account: { id: 1, channel: 'post', lineId: null as never },
      from: { contactId },
      ticketId,
      message,
      evidence,
    });
    return outcome;
  };

  it('makes one of two: tickets, letters, addresses, hats and evidence are the kept one’s', async () => {
    const organizationId = await createOrganization(app, { name: 'Firm', actor });
    const hat = await addMembership(app, { contactId: anna, organizationId, role: 'employee', actor });
    const ticketId = await open(anna, hat);
    await receive('anna@home.example', anna, ticketId);
    const mergeId = await merge();
    expect(await ownerOf(ticketId)).toBe(ann);
    const { contact, identities, hats } = await findContactCard(app.db, ann);
    expect(contact).toMatchObject({ id: ann, name: 'Ann Lind' });
    expect(identities.map(({ value }) => value)).toEqual(['ann@firm.example', 'anna@home.example']);
    expect(hats).toMatchObject([{ id: hat, organization: 'Firm' }]);
    expect(await app.db('messages').distinct('contactId')).toEqual([{ contactId: ann }]);
    expect(await app.db('match_evidence').distinct('candidateContactId')).toEqual([
      { candidateContactId: ann },
    ]);
    expect(await app.db('tickets').first('membershipId', 'version')).toEqual({
      membershipId: hat,
      version: 1,
    });
    expect(await events('contact.merged')).toEqual([{ contactId: ann, goneId: anna, mergeId }]);
    expect(await listMerges(app.db)).toMatchObject([
      { id: mergeId, keptName: 'Ann Lind', goneName: 'Anna Lind', mergedBy: 7, undoneAt: null },
    ]);
  });

  it('leads from the one that went to the one that was kept, and shows it nowhere', async () => {
    const organizationId = await createOrganization(app, { name: 'Firm', actor });
    for (const contactId of [ann, anna])
      await addMembership(app, { contactId, organizationId, role: 'employee', actor });
    await merge();
    expect((await findContact(app.db, anna)).id).toBe(ann);
    expect((await findContactCard(app.db, anna)).identities).toHaveLength(2);
    expect((await listContacts(app, {})).map(({ id }) => id)).toEqual([ann]);
    expect((await listContacts(app, { query: 'lind' })).map(({ id }) => id)).toEqual([ann]);
    expect((await listContacts(app, { query: 'home.example' })).map(({ id }) => id)).toEqual([ann]);
    expect((await listMembers(app.db, { organizationId })).map(({ contactId }) => contactId)).toEqual([ann]);
    const normalised = 'anna@home.example';
    expect(await findByIdentity(app.db, { kind: 'email', normalised })).toMatchObject({ contactId: ann });
  });

  it('takes what is still written under the old id for the kept one', async () => {
    const before = await open(ann);
    await merge();
    expect(await ownerOf(await open(anna))).toBe(ann);
    expect(await receive('anna@home.example', anna)).toMatchObject({ contactId: ann });
    const other = await create('Bo');
    await changeTicketContact(app, { ticketId: before, contactId: other, actor });
    await changeTicketContact(app, { ticketId: before, contactId: anna, actor });
    expect(await ownerOf(before)).toBe(ann);
    await addIdentity(app, { contactId: anna, kind: 'phone', value: '+7 912 345-67-89', actor });
    await addMembership(app, { contactId: anna, organizationId: null, role: 'private', actor });
    await changeContact(app, { contactId: anna, fields: { note: 'calls early' }, actor });
    const { contact, identities, hats } = await findContactCard(app.db, ann);
    expect([contact.note, identities.length, hats.length]).toEqual(['calls early', 3, 1]);
    expect(await app.db('match_evidence').distinct('candidateContactId')).toEqual([
      { candidateContactId: ann },
    ]);
  });

  it('takes no hat that went to somebody else', async () => {
    const hat = await addMembership(app, { contactId: anna, organizationId: null, role: 'private', actor });
    const ticketId = await open(ann, hat);
    expect(await app.db('tickets').where({ id: ticketId }).first('membershipId')).toEqual({
      membershipId: null,
    });
  });

  it('chooses values field by field; without a choice what is empty is filled and notes are put together', async () => {
    await changeContact(app, { contactId: ann, fields: { note: 'calls early', language: 'ru' }, actor });
    const theirs = { note: 'has a dog', language: 'en', timeZone: 'Asia/Omsk', preferredChannel: 'phone' };
    await changeContact(app, { contactId: anna, fields: theirs, actor });
    const mergeId = await merge(ann, anna, { choices: { name: 'gone', preferredChannel: 'kept' } });
    const merged = { name: 'Anna Lind', language: 'ru', timeZone: 'Asia/Omsk', preferredChannel: null };
    expect(await findContact(app.db, ann)).toMatchObject({ ...merged, note: 'calls early\n\nhas a dog' });
    expect((await listContacts(app, { query: 'anna' })).map(({ id }) => id)).toEqual([ann]);
    expect((await events('contact.changed')).at(-1)).toEqual({
      contactId: ann,
      fields: ['name', 'timeZone', 'note'],
    });
    await undo(mergeId);
    const own = { name: 'Ann Lind', language: 'ru', timeZone: null, note: 'calls early' };
    expect(await findContact(app.db, ann)).toMatchObject(own);
    expect(await findContact(app.db, anna)).toMatchObject({ name: 'Anna Lind', ...theirs });
  });

  it('folds hats that are the same, from the earlier day on, and gives tickets the one that is left', async () => {
    const organizationId = await createOrganization(app, { name: 'Firm', actor });
    const wear = (contactId: number, more: object) =>
      addMembership(app, { contactId, organizationId, role: 'employee', actor, ...more });
    const kept = await wear(ann, { validFrom: '2024-01-01T00:00:00.000Z' });
    const gone = await wear(anna, { validFrom: '2020-01-01T00:00:00.000Z', title: 'Buyer' });
    const director = await wear(anna, { role: 'director' });
    const tickets = [await open(anna, gone), await open(anna, director)];
    const before = await snapshot(app);
    const mergeId = await merge();
    expect((await findContactCard(app.db, ann)).hats).toMatchObject([
      { id: kept, title: 'Buyer', validFrom: '2020-01-01T00:00:00.000Z' },
      { id: director },
    ]);
    const worn = await app.db('tickets').whereIn('id', tickets).orderBy('id').select('membershipId');
    expect(worn).toEqual([{ membershipId: kept }, { membershipId: director }]);
    await undo(mergeId);
    expect(await snapshot(app)).toEqual(before);
  });

  it('is undone to the last row, with who is whose duplicate and who is not', async () => {
    const third = await create('Anna Lind', 'a.lind@firm.example');
    const fourth = await create('Anna  Lind', 'lind@firm.example');
    await keepApart(app, { contactId: anna, otherId: third, actor });
    const hat = await addMembership(app, { contactId: anna, organizationId: null, role: 'private', actor });
    await receive('anna@home.example', anna, await open(anna, hat));
    await open(ann);
    const before = await snapshot(app);
    const mergeId = await merge();
    const said = await app.db('contact_differences').orderBy('contactId').select('contactId', 'otherId');
    expect(said).toEqual([
      { contactId: ann, otherId: third },
      { contactId: anna, otherId: third },
    ]);
    expect(await undo(mergeId)).toMatchObject({ ok: true, left: { rows: {}, fields: [], hats: 0 } });
    expect(await snapshot(app)).toEqual(before);
    expect(await events('contact.unmerged')).toEqual([{ contactId: ann, goneId: anna, mergeId }]);
    expect((await listContacts(app, { query: 'anna' })).map(({ id }) => id)).toContain(fourth);
  });

  it('leaves with the kept one what came later, but for letters into what goes back from whom it goes back to', async () => {
    const theirs = await open(anna);
    const mergeId = await merge();
    app.clock.pass(60_000);
    await receive('anna@home.example', ann, theirs);
    await receive('ann@firm.example', ann, theirs);
    const later = await receive('anna@home.example', ann);
    await undo(mergeId);
    expect([await ownerOf(theirs), await ownerOf(later.ticketId)]).toEqual([anna, ann]);
    const wrote = await app.db('messages').where({ ticketId: theirs }).orderBy('id').select('contactId');
    expect(wrote).toEqual([{ contactId: anna }, { contactId: anna }, { contactId: ann }]);
  });

  it('says what others have taken or changed since, before and after the undo, and leaves it so', async () => {
    const [given, kept] = [await open(anna), await open(anna)];
    const mergeId = await merge(ann, anna, { choices: { name: 'gone' } });
    const other = await create('Bo');
    await changeTicketContact(app, { ticketId: given, contactId: other, actor });
    const [, identity] = (await findContactCard(app.db, ann)).identities;
    await removeIdentity(app, { contactId: ann, identityId: identity?.id ?? 0, actor });
    await changeContact(app, { contactId: ann, fields: { name: 'Ann Lind-Berg' }, actor });
    const left = { rows: { tickets: 1, identities: 1 }, fields: ['name'] };
    const shown = await findMerge(app.db, { mergeId, now: app.now() });
    expect(shown).toMatchObject({ because: null, moved: { tickets: 2, messages: 2, identities: 1 }, left });
    expect(await undo(mergeId)).toMatchObject({ ok: true, left });
    expect([await ownerOf(given), await ownerOf(kept)]).toEqual([other, anna]);
    expect((await findContact(app.db, ann)).name).toBe('Ann Lind-Berg');
    const after = await findMerge(app.db, { mergeId, now: app.now() });
    expect(after).toMatchObject({ because: 'core.merge.undone', undoneBy: 7, left });
  });

  it('ends the question which of the two wrote, and the undo asks it again', async () => {
    const ticketId = await open(ann);
    await change(app, async ({ trx, at }) => {
      const { id: messageId } = await trx('messages').where({ ticketId }).first('id');
      const piece = { messageId, candidateContactId: anna, kind: 'token', strength: 'strong' };
      await trx('match_evidence').insert({ ...piece, decision: 'conflict', plugin: 'core' });
      await trx('tickets').where({ id: ticketId }).update({ undecidedSince: at });
    });
    app.clock.pass(60_000);
    const before = await snapshot(app);
    const mergeId = await merge();
    const since = async () =>
      (await app.db('tickets').where({ id: ticketId }).first()).undecidedSince as unknown;
    expect(await since()).toBeNull();
    await undo(mergeId);
    expect(await since()).not.toBeNull();
    expect(await snapshot(app)).toEqual(before);
  });

  it('asks anew for a hat that is another’s after the undo', async () => {
    const hat = await addMembership(app, { contactId: anna, organizationId: null, role: 'private', actor });
    const ticketId = await open(ann);
    const mergeId = await merge();
    await chooseHat(app, { ticketId, membershipId: hat, reason: 'core.hat.byHand', actor });
    expect(await undo(mergeId)).toMatchObject({ left: { hats: 1 } });
    const row = await app.db('tickets').where({ id: ticketId }).first('contactId', 'membershipId');
    expect(row).toEqual({ contactId: ann, membershipId: null });
  });

  it('is undone in the order of a chain, and says so', async () => {
    const third = await create('A. Lind', 'lind@other.example');
    const tickets = [await open(anna), await open(ann), await open(third)];
    const before = await snapshot(app);
    const first = await merge(ann, anna);
    const second = await merge(third, ann);
    expect(await Promise.all(tickets.map(ownerOf))).toEqual([third, third, third]);
    expect((await findContact(app.db, anna)).id).toBe(third);
    expect(await undo(first)).toEqual({ ok: false, because: 'core.merge.keptMerged' });
    expect(await undo(second)).toMatchObject({ ok: true });
    expect(await Promise.all(tickets.map(ownerOf))).toEqual([ann, ann, third]);
    expect(await undo(first)).toMatchObject({ ok: true });
    expect(await snapshot(app)).toEqual(before);
  });

  it.each(['first', 'second'] as const)(
    'undoes two merges into one contact in any order: the %s first',
    async (order) => {
      const third = await create('A. Lind', 'lind@other.example');
      await changeContact(app, { contactId: third, fields: { note: 'third' }, actor });
      await changeContact(app, { contactId: anna, fields: { note: 'second' }, actor });
      for (const contactId of [ann, anna, third])
        await open(
          contactId,
          await addMembership(app, { contactId, organizationId: null, role: 'private', actor }),
        );
      const before = await snapshot(app);
      const merges = [
        await merge(ann, anna, { choices: { name: 'gone' } }),
        await merge(ann, third, { choices: { name: 'gone' } }),
      ];
      expect(await findContact(app.db, ann)).toMatchObject({ name: 'A. Lind', note: 'second\n\nthird' });
      for (const mergeId of order === 'first' ? merges : merges.toReversed())
        expect(await undo(mergeId)).toMatchObject({ ok: true, left: { rows: {}, fields: [], hats: 0 } });
      expect(await snapshot(app)).toEqual(before);
    },
  );

  it('gives back to a later merge what that one brought', async () => {
    const third = await create('Bo');
    const ticketId = await open(anna);
    const first = await merge(ann, anna);
    await changeTicketContact(app, { ticketId, contactId: third, actor });
    const second = await merge(ann, third);
    expect(await undo(first)).toMatchObject({ left: { rows: { tickets: 1 } } });
    expect(await ownerOf(ticketId)).toBe(ann);
    await undo(second);
    expect(await ownerOf(ticketId)).toBe(third);
  });

  it('is not undone twice, nor after 30 days; then what it wrote over is forgotten, the way stays', async () => {
    await changeContact(app, { contactId: anna, fields: { note: 'a secret' }, actor });
    const mergeId = await merge();
    await undo(mergeId);
    expect(await undo(mergeId)).toEqual({ ok: false, because: 'core.merge.undone' });
    const again = await merge();
    app.clock.pass(30 * DAY);
    expect((await findMerge(app.db, { mergeId: again, now: app.now() })).because).toBeNull();
    expect(await forgetMerges(app)).toBe(0);
    app.clock.pass(1);
    expect(await undo(again)).toEqual({ ok: false, because: 'core.merge.tooOld' });
    app.clock.pass(DAY);
    expect(await forgetMerges(app)).toBe(2);
    for (const table of ['contact_merge_rows', 'contact_merge_values'])
      expect(await app.db(table)).toEqual([]);
    expect((await findContact(app.db, anna)).id).toBe(ann);
  });

  it('refuses who is not there, went already, is the same or was changed', async () => {
    const refused = (input: object, code: string) =>
      expect(mergeContacts(app, { keptId: ann, goneId: anna, actor, ...input })).rejects.toMatchObject({
        code,
      });
    await refused({ goneId: 99 }, 'CONTACT_UNKNOWN');
    await refused({ keptId: 99 }, 'CONTACT_UNKNOWN');
    await refused({ goneId: ann }, 'INPUT_INVALID');
    await refused({ expectedVersions: { kept: 1, gone: 2 } }, 'TICKET_CHANGED');
    await merge();
    await refused({}, 'CONTACT_MERGED');
    await refused({ keptId: anna, goneId: ann }, 'CONTACT_MERGED');
    await expect(undo(99)).rejects.toMatchObject({ code: 'MERGE_UNKNOWN' });
    expect(await app.db('contact_merges').select('id')).toHaveLength(1);
  });

  it('asks plugins first', async () => {
    app.hooks.tap('guard', 'contact.merging', 'accounts', () => refuse('accounts.both'));
    await expect(merge()).rejects.toMatchObject({ code: 'ACTION_REFUSED' });
    expect(await app.db('contact_merges')).toEqual([]);
  });

  it('lets one of two agents merge who merge at once, in whatever direction', async () => {
    const ticketId = await open(anna);
    const both = await Promise.allSettled([merge(ann, anna), merge(anna, ann), merge(ann, anna)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of both)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'CONTACT_MERGED' });
    const alive: { id: number }[] = await app.db('contacts').whereNull('mergedIntoId').select('id');
    expect(alive).toEqual([{ id: await ownerOf(ticketId) }]);
  });

  it('waits for a letter that is being taken in, and takes it along', async () => {
    let release = (): void => {};
    let begun = (): void => {};
    const isHeld = new Promise<void>((resolve) => (begun = resolve));
    const isOver = new Promise<void>((resolve) => (release = resolve));
    const message = {
      externalId: null, fingerprint: 'slow', writtenAt: null, subject: 'Slow', text: 'Slow', quote: '', html: null,
      htmlVersion: null, participants: {}, attachments: [], auto: null, flags: [],
    }; // prettier-ignore
    const letter = receiveMessage(app, {
      account: { id: 1, channel: 'post', lineId: null as never },
      from: { contactId: anna },
      ticketId: null,
      message,
      evidence: [],
      settle: async () => {
        begun();
        await isOver;
      },
    });
    await isHeld;
    const merged = merge();
    const late = receive('anna@home.example', anna);
    release();
    const outcomes = [await letter, await late];
    await merged;
    for (const { ticketId } of outcomes) expect(await ownerOf(ticketId)).toBe(ann);
    expect(await app.db('messages').whereNot({ contactId: ann }).select('id')).toEqual([]);
  });

  it('knows every column of core’s tables that names a contact', async () => {
    const columns = await contactColumns(app);
    const known = places.map(
      ({ table, column }) => `${table}.${column.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}`,
    );
    expect(columns.toSorted()).toEqual([...known, ...Object.keys(otherPlaces)].toSorted());
  });
});

/** `table.column` of every column that ends in `contact_id`. */
async function contactColumns({ db, database }: TestApp): Promise<string[]> {
  const sql =
    database.engine === 'sqlite'
      ? `select m.name || '.' || p.name as name from sqlite_master m, pragma_table_info(m.name) p
          where m.type = 'table' and p.name like '%contact!_id' escape '!'`
      : `select table_name || '.' || column_name as name from information_schema.columns
          where table_schema = 'public' and column_name like '%contact!_id' escape '!'`;
  const answer = await db.raw<{ name: string }[] | { rows: { name: string }[] }>(sql);
  return (Array.isArray(answer) ? answer : answer.rows).map(({ name }) => name);
}

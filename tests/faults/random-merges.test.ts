import {
  addMembership,
  changeTicketContact,
  createContact,
  findContact,
  isError,
  keepRaw,
  listAccounts,
  mergeContacts,
  openTicket,
  unmergeContacts,
  type Actor,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { email } from '@helpdesk/plugin-email';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from './check-books.js';
import { isCampaign, seed, seeded } from './seeded.js';
import { addTestMailbox } from './test-mailbox.js';

const PEOPLE = 6;
const steps = isCampaign ? 1500 : 150;
const rounds = isCampaign ? 150 : 15;
const actor: Actor = { kind: 'agent', id: 1 };

/** What should be, kept by the rules of the docstrings in memory. */
interface Model {
  readonly owner: Map<number, number>;
  readonly merges: { id: number; kept: number; gone: number; moved: number[]; undone: boolean }[];
}

describe.each(testEngines)('merges, undos and letters at random, %s', (engine) => {
  let desk: TestDesk;
  let letters = 0;

  beforeAll(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [email()] } });
    await addTestMailbox(desk.app);
  });
  afterAll(() => desk?.close());

  /** A company of new people, each with an address of their own. */
  async function people(company: string): Promise<number[]> {
    const ids = [];
    for (let n = 0; n < PEOPLE; n++) {
      const identities = [{ kind: 'email', value: `p${n}@${company}.example` }];
      const contactId = await createContact(desk.app, { name: `Person ${n % 2}`, identities, actor });
      await addMembership(desk.app, { contactId, organizationId: null, role: 'private', actor });
      ids.push(contactId);
    }
    return ids;
  }

  async function write(from: string): Promise<string> {
    const [account] = await listAccounts(desk.app.db);
    if (!account) throw new Error('no account');
    letters += 1;
    const subject = `letter ${letters}`;
    const raw = `From: ${from}\r\nSubject: ${subject}\r\nMessage-ID: <${letters}@x>\r\n\r\nHello\r\n`;
    await keepRaw(desk.app, { account, externalId: String(letters), raw: Buffer.from(raw) });
    return subject;
  }

  const undo = (mergeId: number) => unmergeContacts(desk.app, { mergeId, actor });

  /** What must hold whatever happened. */
  async function checkContacts(): Promise<void> {
    const { db } = desk.app;
    await checkBooks(db);
    const gone = () => db('contacts').whereNotNull('mergedIntoId').select('id');
    for (const table of ['tickets', 'messages', 'identities', 'contact_keys'])
      expect(await db(table).whereIn('contactId', gone()).select('contactId'), table).toEqual([]);
    expect(await db('match_evidence').whereIn('candidateContactId', gone()).select('id')).toEqual([]);
    const foreign = await db('tickets')
      .join('memberships', 'memberships.id', 'tickets.membershipId')
      .whereRaw('memberships.contact_id <> tickets.contact_id')
      .select('tickets.id');
    expect(foreign).toEqual([]);
    // One that went stays with what it took to go: a standing merge, and nobody has two.
    const standing: { goneId: number; keptId: number }[] = await db('contact_merges')
      .whereNull('undoneAt')
      .orderBy('goneId')
      .select('goneId', 'keptId');
    const ways: { id: number; mergedIntoId: number }[] = await db('contacts')
      .whereNotNull('mergedIntoId')
      .orderBy('id')
      .select('id', 'mergedIntoId');
    expect(ways.map(({ id, mergedIntoId }) => ({ goneId: id, keptId: mergedIntoId }))).toEqual(standing);
  }

  const ticketsOf = async (subjects: readonly string[]) => {
    const rows: { id: number; contactId: number }[] = await desk.app
      .db('tickets')
      .whereIn('subject', [...subjects])
      .orderBy('id')
      .select('id', 'contactId');
    return rows;
  };

  it(`stand where the rules say, ${steps} steps one after the other`, async () => {
    const random = seeded(seed + 38);
    const ids = await people('steps');
    const addresses = new Map(ids.map((id, n) => [`p${n}@steps.example`, id]));
    const model: Model = { owner: new Map(), merges: [] };
    const subjects: string[] = [];
    const live = async (id: number) => (await findContact(desk.app.db, id)).id;
    const rowsOf = (contactId: number) =>
      [...model.owner].filter(([, owner]) => owner === contactId).map(([id]) => id);

    const acts = [
      async () => {
        const [kept, gone] = [random.pick(ids), random.pick(ids)];
        if (kept === gone) return;
        try {
          const { mergeId: id } = await mergeContacts(desk.app, { keptId: kept, goneId: gone, actor });
          const moved = rowsOf(gone);
          for (const row of moved) model.owner.set(row, kept);
          for (const [address, owner] of addresses) if (owner === gone) addresses.set(address, kept);
          model.merges.push({ id, kept, gone, moved, undone: false });
        } catch (error) {
          expect(isError(error, 'CONTACT_MERGED')).toBe(true);
          expect([await live(kept), await live(gone)]).not.toEqual([kept, gone]);
        }
      },
      async () => {
        const merge = model.merges.length > 0 ? random.pick(model.merges) : undefined;
        if (!merge) return;
        const keptIsAlive = (await live(merge.kept)) === merge.kept;
        const outcome = await undo(merge.id);
        expect(outcome.ok).toBe(!merge.undone && keptIsAlive);
        if (!outcome.ok) return;
        const later = model.merges.filter(
          ({ id, kept, undone }) => id > merge.id && kept === merge.kept && !undone,
        );
        const passedOn = new Set(later.flatMap(({ moved }) => moved));
        for (const row of merge.moved)
          if (model.owner.get(row) === merge.kept && !passedOn.has(row)) model.owner.set(row, merge.gone);
        merge.undone = true;
      },
      async () => {
        const subject = await write(`p${random.below(PEOPLE)}@steps.example`);
        subjects.push(subject);
        await desk.app.workers.intake.drain();
        const [ticket] = await ticketsOf([subject]);
        expect(ticket).toBeDefined();
        if (ticket) model.owner.set(ticket.id, ticket.contactId);
      },
      async () => {
        const ids2 = [...model.owner.keys()];
        if (ids2.length === 0) return;
        const [ticketId, contactId] = [random.pick(ids2), random.pick(ids)];
        await changeTicketContact(desk.app, { ticketId, contactId, actor });
        model.owner.set(ticketId, await live(contactId));
      },
    ];
    for (let step = 0; step < steps; step++) {
      await random.pick(acts)();
      const stand = await ticketsOf(subjects);
      expect(new Map(stand.map(({ id, contactId }) => [id, contactId]))).toEqual(model.owner);
      if (step % 25 === 0) await checkContacts();
    }
    await checkContacts();
    expect(model.merges.filter(({ undone }) => undone).length).toBeGreaterThan(3);
    expect(subjects.length).toBeGreaterThan(10);
  });

  it(`lose nothing when they come at once, ${rounds} times`, async () => {
    const random = seeded(seed + 39);
    const ids = await people('once');
    const merges: number[] = [];
    const subjects: string[] = [];
    for (let round = 0; round < rounds; round++) {
      for (let n = 0; n < 3; n++) subjects.push(await write(`p${random.below(PEOPLE)}@once.example`));
      const two = [random.pick(ids), random.pick(ids)] as const;
      const said = `said ${round}`;
      subjects.push(said);
      const all = await Promise.allSettled([
        desk.app.workers.intake.drain(),
        ...[two, [two[1], two[0]] as const, [random.pick(ids), random.pick(ids)] as const].map(
          async ([keptId, goneId]) =>
            void merges.push((await mergeContacts(desk.app, { keptId, goneId, actor })).mergeId),
        ),
        openTicket(desk.app, {
          subject: said,
          contactId: random.pick(ids),
          lineId: null,
          text: 'Hello',
          agentId: 1,
          first: { kind: 'heard', channel: 'phone' },
          actor,
        }),
        ...(merges.length > 0 ? [undo(random.pick(merges)), undo(random.pick(merges))] : []),
      ]);
      for (const one of all)
        if (one.status === 'rejected')
          expect(
            ['CONTACT_MERGED', 'INPUT_INVALID'].some((code) => isError(one.reason, code)),
            String(one.reason),
          ).toBe(true);
      await desk.app.workers.intake.drain();
      await checkContacts();
    }
    const tickets = await ticketsOf(subjects);
    expect(tickets).toHaveLength(subjects.length);
    // Everything that can be taken back is: at the end everybody is there again.
    for (const mergeId of merges.toReversed()) await undo(mergeId);
    await checkContacts();
    expect(await desk.app.db('contacts').whereIn('id', ids).whereNotNull('mergedIntoId')).toEqual([]);
  });
});

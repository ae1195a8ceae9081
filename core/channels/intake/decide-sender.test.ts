import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carla, channelBench, system, type ChannelBench } from '../../../tests/mail/channel-bench.js';
import { addIdentity } from '../../contacts/actions/add-identity.js';
import { addMembership } from '../../contacts/actions/add-membership.js';
import { createContact } from '../../contacts/actions/create-contact.js';
import { createOrganization } from '../../contacts/actions/create-organization.js';
import type { ContactCandidate } from '../../contacts/hooks.js';
import { listDifferences } from '../../contacts/note-difference.js';
import { findByIdentity } from '../../contacts/queries/find-by-identity.js';
import { listContacts } from '../../contacts/queries/list-contacts.js';
import { testEngines } from '../../testing/test-database.js';
import { changeTicketContact } from '../../tickets/actions/change-ticket-contact.js';
import { decideSender } from '../../tickets/actions/decide-sender.js';
import { undoSenderDecision } from '../../tickets/actions/undo-sender-decision.js';
import { countTickets } from '../../tickets/queries/count-tickets.js';
import { findTicket } from '../../tickets/queries/find-ticket.js';
import { listSenderQuestions } from '../../tickets/queries/list-sender-questions.js';
import { listTickets } from '../../tickets/queries/list-tickets.js';
import { answerTicket } from '../actions/answer-ticket.js';
import { createIntake } from './create-intake.js';

const actor = { kind: 'agent', id: 1 } as const;
const all = { agentId: 1, lineIds: 'all' } as const;
const ivanAtFirm = { kind: 'email', value: 'ivan.petrov@firm.example' };
const stranger = { name: 'Ivan Petrov', kind: 'email', value: 'ip@firm.example' };

describe.each(testEngines)('who wrote, on %s', (engine) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(engine);
  });
  afterEach(() => bench.close());

  const create = (name: string, ...identities: { kind: string; value: string }[]) =>
    createContact(bench.app, { name, identities, actor });
  const take = async (letter: Parameters<ChannelBench['post']>[0]) => {
    await bench.post(letter);
    await createIntake(bench.app).drain();
    const [{ id } = { id: 0 }] = await bench.app.db('tickets').orderBy('id', 'desc').limit(1).select('id');
    return id as number;
  };
  const guess = (...candidates: ContactCandidate[]) =>
    bench.app.hooks.tap('collect', 'contact.candidates', 'guesses', () => candidates);
  const questions = (ticketId: number) => listSenderQuestions(bench.app.db, ticketId);
  const asked = async (ticketId: number) =>
    (await questions(ticketId)).map(({ candidate, signs }) => [candidate, ...signs.map(({ kind }) => kind)]);
  const decide = (ticketId: number, contactId: number, isSender: boolean, more: object = {}) =>
    decideSender(bench.app, { ticketId, contactId, isSender, actor, ...more });
  const senders = async (ticketId: number) => {
    const rows: { contactId: number }[] = await bench.app
      .db('messages')
      .where({ ticketId, kind: 'incoming' })
      .orderBy('id')
      .select('contactId');
    return rows.map(({ contactId }) => contactId);
  };

  describe('an unknown writer', () => {
    it('may be the one with the same name and domain, in any order and case', async () => {
      await create('petrov ivan', ivanAtFirm);
      await create('Ivan Petrov', { kind: 'email', value: 'ivan@other.example' });
      const ticketId = await take({ from: stranger });
      expect(await asked(ticketId)).toEqual([['petrov ivan', 'name-and-domain']]);
      expect((await questions(ticketId))[0]).toMatchObject({
        sender: 'Ivan Petrov',
        isConflict: false,
        from: stranger,
        signs: [{ detail: 'firm.example', plugin: 'core' }],
      });
      expect((await findTicket(bench.app.db, ticketId)).undecidedSince).toBeNull();
    });

    it('may be one whose organization has the domain', async () => {
      const contactId = await create('Ivan Petrov');
      const organizationId = await createOrganization(bench.app, {
        name: 'Firm',
        domain: 'firm.example',
        actor,
      });
      await addMembership(bench.app, { contactId, organizationId, role: 'employee', actor });
      expect(await asked(await take({ from: stranger }))).toEqual([['Ivan Petrov', 'name-and-domain']]);
    });

    it('is not found by a domain where everybody has an address; the name alone is told as such', async () => {
      await create('Ivan Petrov', { kind: 'email', value: 'petrov@gmail.com' });
      const ticketId = await take({ from: { ...stranger, value: 'other@gmail.com' } });
      expect(await asked(ticketId)).toEqual([['Ivan Petrov', 'name']]);
    });

    it('is nobody of a name that many have, and nobody for one word', async () => {
      for (const n of [1, 2, 3, 4]) await create('Ivan Petrov', { kind: 'email', value: `${n}@x.example` });
      await create('Support', { kind: 'email', value: 'support@firm.example' });
      expect(await asked(await take({ from: stranger }))).toEqual([]);
      expect(await asked(await take({ from: { ...stranger, name: 'Support' } }))).toEqual([]);
    });

    it('may be the one whose number stands in the letter, or whose address has no tag', async () => {
      await create('Olga', { kind: 'phone', value: '+7 912 555-01-01' });
      await create('Ivan', { kind: 'email', value: 'ip@firm.example' });
      const from = { ...stranger, name: 'ip', value: 'ip+shop@firm.example' };
      const ticketId = await take({ from, text: 'Call me: 8 (912) 555-01-01' });
      expect(await asked(ticketId)).toEqual([
        ['Ivan', 'plus-address'],
        ['Olga', 'phone-in-text'],
      ]);
    });

    it('is nobody that a plugin names and who does not exist', async () => {
      guess({ contactId: 999, strength: 'strong', kind: 'signature' });
      const ticketId = await take({});
      expect(await asked(ticketId)).toEqual([]);
      expect(await bench.app.db('matchEvidence').pluck('decision')).toEqual(['new']);
    });
  });

  it('keeps an address that a strong sign proves with whom it names, and needs no sign the next time', async () => {
    const ivan = await create('Ivan Petrov');
    guess({ contactId: ivan, strength: 'strong', kind: 'number', keepsAddress: true });
    expect((await findTicket(bench.app.db, await take({ from: stranger }))).contactId).toBe(ivan);
    const identity = { kind: 'email', normalised: stranger.value };
    expect(await findByIdentity(bench.app.db, identity)).toMatchObject({ contactId: ivan });
    expect(await bench.events('identity.added')).toHaveLength(1);
    await take({ from: stranger });
    expect(await bench.events('identity.added')).toHaveLength(1);
  });

  it('keeps no address that a strong sign does not prove', async () => {
    const ivan = await create('Ivan Petrov');
    guess({ contactId: ivan, strength: 'strong', kind: 'signature' });
    expect((await findTicket(bench.app.db, await take({ from: stranger }))).contactId).toBe(ivan);
    const identity = { kind: 'email', normalised: stranger.value };
    expect(await findByIdentity(bench.app.db, identity)).toBeUndefined();
  });

  describe('a maybe', () => {
    it('with yes gives the ticket and the address to the contact, once', async () => {
      const ivan = await create('Ivan Petrov', ivanAtFirm);
      const organizationId = await createOrganization(bench.app, { name: 'Firm', domain: null, actor });
      const hat = await addMembership(bench.app, {
        contactId: ivan,
        organizationId,
        role: 'employee',
        actor,
      });
      const ticketId = await take({ from: stranger });
      for (let i = 0; i < 2; i++) await decide(ticketId, ivan, true, { keepsIdentity: true });
      expect(await findTicket(bench.app.db, ticketId)).toMatchObject({
        contactId: ivan,
        membershipId: hat,
        membershipReason: 'core.hat.only',
      });
      expect(await senders(ticketId)).toEqual([ivan]);
      const identity = { kind: 'email', normalised: stranger.value };
      expect(await findByIdentity(bench.app.db, identity)).toMatchObject({ contactId: ivan });
      expect((await listContacts(bench.app, { query: 'ip@firm' })).map(({ id }) => id)).toEqual([ivan]);
      expect(await asked(ticketId)).toEqual([]);
      expect(await bench.events('ticket.senderDecided')).toMatchObject([
        { ticketId, contactId: ivan, candidateId: ivan, isSender: true },
      ]);
      expect(await bench.events('ticket.contactChanged')).toHaveLength(1);
      expect(
        await bench.app.db('matchEvidence').where({ decision: 'maybe' }).select('answer', 'answeredBy'),
      ).toEqual([{ answer: 'yes', answeredBy: 1 }]);
      expect((await findTicket(bench.app.db, await take({ from: stranger }))).contactId).toBe(ivan);
    });

    it('with yes leaves the address where it is unless that is wished', async () => {
      const ivan = await create('Ivan Petrov', ivanAtFirm);
      await decide(await take({ from: stranger }), ivan, true);
      const again = await take({ from: stranger });
      expect((await findTicket(bench.app.db, again)).contactId).not.toBe(ivan);
      expect(await asked(again)).toEqual([]);
    });

    it('with no is not asked again, on no ticket of this writer', async () => {
      const ivan = await create('Ivan Petrov', ivanAtFirm);
      guess({ contactId: ivan, strength: 'weak', kind: 'signature' });
      const [first, second] = [await take({ from: stranger }), await take({ from: stranger })];
      expect(await asked(second)).toEqual([['Ivan Petrov', 'signature']]);
      const { contactId } = await findTicket(bench.app.db, first);
      await decide(first, ivan, false);
      expect([await asked(first), await asked(second)]).toEqual([[], []]);
      expect(await listDifferences(bench.app.db, ivan)).toEqual(new Set([contactId]));
      const third = await take({ from: stranger });
      expect(await asked(third)).toEqual([]);
      const evidence = await bench.app.db('matchEvidence').orderBy('id', 'desc').first('decision', 'kind');
      expect(evidence).toEqual({ decision: 'ruledOut', kind: 'signature' });
    });

    it('about somebody who takes part leaves the ticket with its customer', async () => {
      const ivan = await create('Ivan Petrov', ivanAtFirm);
      const ticketId = await take({});
      const customer = (await findTicket(bench.app.db, ticketId)).contactId;
      bench.app.hooks.tap('collect', 'ticket.candidates', 'tokens', () => [
        { ticketId, strength: 'strong', kind: 'token' },
      ]);
      await bench.app.database.writer('deliveries').insert({
        messageId: 1,
        ticketId,
        accountId: 1,
        recipient: stranger.value,
        state: 'sent',
        createdAt: bench.app.now().toISOString(),
      });
      await take({ from: stranger });
      expect(await asked(ticketId)).toEqual([['Ivan Petrov', 'name-and-domain']]);
      await decide(ticketId, ivan, true);
      expect(await senders(ticketId)).toEqual([customer, ivan]);
      expect((await findTicket(bench.app.db, ticketId)).contactId).toBe(customer);
    });

    it('is settled by hand, too: a ticket given to the contact asks no more', async () => {
      const ivan = await create('Ivan Petrov', ivanAtFirm);
      const ticketId = await take({ from: stranger });
      await changeTicketContact(bench.app, { ticketId, contactId: ivan, actor });
      expect(await asked(ticketId)).toEqual([]);
    });

    it('is asked again after an undo, with everything where it was', async () => {
      const ivan = await create('Ivan Petrov', ivanAtFirm);
      const ticketId = await take({ from: stranger });
      const { contactId } = await findTicket(bench.app.db, ticketId);
      const lastDecision = async () =>
        (await bench.app.db('events').where({ name: 'ticket.senderDecided' }).max('id as id'))[0]
          ?.id as number;
      const undo = async () =>
        undoSenderDecision(bench.app, { ticketId, eventId: await lastDecision(), actor });
      await decide(ticketId, ivan, true, { keepsIdentity: true });
      await undo();
      await undo();
      expect((await findTicket(bench.app.db, ticketId)).contactId).toBe(contactId);
      expect(await senders(ticketId)).toEqual([contactId]);
      const identity = { kind: 'email', normalised: stranger.value };
      expect(await findByIdentity(bench.app.db, identity)).toMatchObject({ contactId });
      expect(await asked(ticketId)).toEqual([['Ivan Petrov', 'name-and-domain']]);
      await decide(ticketId, ivan, false);
      await undo();
      expect(await listDifferences(bench.app.db, ivan)).toEqual(new Set());
      expect(await asked(ticketId)).toHaveLength(1);
      await expect(undoSenderDecision(bench.app, { ticketId, eventId: 1, actor })).rejects.toThrow();
    });
  });

  describe('two strong signs that disagree', () => {
    let own = 0;
    let other = 0;
    let ticketId = 0;
    beforeEach(async () => {
      own = await create('Carla', carla);
      other = await create('Olga', { kind: 'email', value: 'olga@client.example' });
      guess({ contactId: other, strength: 'strong', kind: 'signature' });
      ticketId = await take({});
    });
    const undecided = async () => {
      const { rows } = await listTickets(bench.app.db, {
        viewer: all,
        filter: { isUndecided: true },
        order: 'newest',
      });
      expect((await countTickets(bench.app.db, all)).undecided).toBe(rows.length);
      return rows.map(({ id }) => id);
    };

    it('go to a person: the address counts until then, the ticket is listed and counted', async () => {
      expect(await findTicket(bench.app.db, ticketId)).toMatchObject({
        contactId: own,
        undecidedSince: bench.app.now().toISOString(),
      });
      expect(await questions(ticketId)).toMatchObject([
        { candidateId: other, isConflict: true, sender: 'Carla' },
      ]);
      expect(await undecided()).toEqual([ticketId]);
      expect((await countTickets(bench.app.db, { agentId: 1, lineIds: [2] })).undecided).toBe(0);
      const disputed = { ticketId, contactId: own, candidates: [other] };
      expect(await bench.events('ticket.senderDisputed')).toMatchObject([disputed]);
    });

    it('keep machines from answering, people not', async () => {
      const reply = { ticketId, text: 'We have got it', to: [carla] };
      const byMachine = () => answerTicket(bench.app, { ...reply, agentId: null, actor: system });
      await expect(byMachine()).rejects.toMatchObject({ code: 'TICKET_UNDECIDED' });
      const byPlugin = answerTicket(bench.app, {
        ...reply,
        agentId: 1,
        actor: { kind: 'plugin', id: 'bot' },
      });
      await expect(byPlugin).rejects.toMatchObject({ code: 'TICKET_UNDECIDED' });
      await decide(ticketId, own, true);
      expect((await byMachine()).state).toBe('queued');
    });

    it('do not keep people from answering', async () => {
      const reply = await answerTicket(bench.app, {
        ticketId,
        text: 'Hello',
        to: [carla],
        agentId: 1,
        actor,
      });
      expect(reply.state).toBe('queued');
    });

    it('are decided for the writer and do not come again', async () => {
      const second = await take({});
      expect(await undecided()).toEqual(expect.arrayContaining([ticketId, second]));
      await decide(ticketId, own, true);
      expect(await undecided()).toEqual([]);
      expect((await findTicket(bench.app.db, ticketId)).contactId).toBe(own);
      const third = await take({});
      expect((await findTicket(bench.app.db, third)).undecidedSince).toBeNull();
    });

    it('are decided for the other, who gets the ticket; the next message asks again', async () => {
      await decide(ticketId, other, true);
      expect(await findTicket(bench.app.db, ticketId)).toMatchObject({
        contactId: other,
        undecidedSince: null,
      });
      const next = await take({});
      expect((await findTicket(bench.app.db, next)).undecidedSince).not.toBeNull();
    });

    it('are open again after an undo', async () => {
      await decide(ticketId, own, true);
      const [{ id } = { id: 0 }] = await bench.app
        .db('events')
        .where({ name: 'ticket.senderDecided' })
        .select('id');
      await undoSenderDecision(bench.app, { ticketId, eventId: id as number, actor });
      expect(await undecided()).toEqual([ticketId]);
    });

    it('of which none is the address open a ticket of somebody new, who sees nothing of either', async () => {
      const third = await create('Vera');
      guess({ contactId: third, strength: 'strong', kind: 'voice' });
      const from = { name: 'Somebody Else', kind: 'email', value: 'new@client.example' };
      const fresh = await take({ from });
      const ticket = await findTicket(bench.app.db, fresh);
      expect([own, other, third]).not.toContain(ticket.contactId);
      expect(await asked(fresh)).toEqual([
        ['Olga', 'signature'],
        ['Vera', 'voice'],
      ]);
      await decide(fresh, third, true, { keepsIdentity: true });
      expect(await findTicket(bench.app.db, fresh)).toMatchObject({ contactId: third, undecidedSince: null });
      const identity = { kind: 'email', normalised: from.value };
      expect(await findByIdentity(bench.app.db, identity)).toMatchObject({ contactId: third });
    });

    it('are one sign when they name the same contact', async () => {
      await addIdentity(bench.app, { contactId: other, kind: 'email', value: 'o2@client.example', actor });
      const again = await take({ from: { ...carla, value: 'o2@client.example' } });
      expect(await findTicket(bench.app.db, again)).toMatchObject({ contactId: other, undecidedSince: null });
    });
  });
});

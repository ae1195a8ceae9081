import {
  addAccount,
  addMembership,
  changeAgent,
  createContact,
  createOrganization,
  createRole,
  findContactCard,
  findTicket,
  listOrganizationMarks,
  markOrganization,
  receiveMessage,
  setLineAudience,
  type NewEvidence,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { visitAs, type Visitor } from '../../admin/visit-as.js';
import { desk as deskPlugin } from '../../index.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;

describe.each(testEngines)('who writes, on the pages of %s', (engine) => {
  let desk: TestDesk;
  let owner: Visitor;
  let observer: Visitor;
  let account: { id: number; channel: string; lineId: number };
  let letters = 0;
  let ivan = 0;
  let ticketId = 0;

  beforeAll(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [deskPlugin()] } });
    owner = await visitAs(desk);
    observer = await visitAs(desk, 'observer');
    const made = { channel: 'mail', lineId: 1, name: 'Support', address: 'help@desk.example' };
    const id = await addAccount(desk.app, { ...made, config: {}, actor });
    account = { id, channel: 'mail', lineId: 1 };
  }, 60_000);
  afterAll(() => desk.close());

  const create = (name: string, ...values: string[]) =>
    createContact(desk.app, { name, identities: values.map((value) => ({ kind: 'email', value })), actor });
  const path = () => `/desk/tickets/${ticketId}`;
  const page = async (visitor = owner) => (await visitor.get(path()).expect(200)).text;

  /** A letter of somebody new, with what speaks for others. */
  async function take(
    evidence: readonly Partial<NewEvidence>[],
    membership?: { id: number; contactId: number },
  ) {
    letters += 1;
    const value = `new-${letters}@firm.example`;
    const from = { name: 'I. Petrov', kind: 'email', value };
    const outcome = await receiveMessage(desk.app, {
      account,
      from: membership
        ? { contactId: membership.contactId }
        : { create: { name: from.name, identities: [{ kind: 'email', value, normalised: value }] } },
      ticketId: null,
      message: {
        externalId: null,
        fingerprint: value,
        writtenAt: null,
        subject: `Boiler ${letters}`,
        text: 'It is cold',
        quote: '',
        html: null,
        htmlVersion: null,
        participants: { from },
        attachments: [],
        auto: null,
        flags: [],
      },
      ...(membership
        ? { membership: { id: membership.id, reason: 'core.hat.domain', values: { domain: 'firm.example' } } }
        : {}),
      evidence: evidence.map((sign) => ({
        strength: 'weak',
        kind: 'name-and-domain',
        detail: 'firm.example',
        decision: 'maybe',
        plugin: 'core',
        ...sign,
      })),
    });
    ticketId = outcome.ticketId;
    return value;
  }
  const version = async () => String((await findTicket(desk.app.db, ticketId)).version);

  describe('a maybe', () => {
    let address = '';
    beforeEach(async () => {
      ivan = await create(`Ivan Petrov ${letters}`);
      address = await take([{ candidateContactId: ivan }]);
    });

    it.each(['en', 'ru'])('stands beside the customer and under the message in %s', async (language) => {
      const by = { kind: 'agent', id: owner.agentId, door: 'test' } as const;
      await changeAgent(desk.app, { agentId: owner.agentId, language, actor: by });
      const html = await page();
      expect(html).toContain(`<html lang="${language}"`);
      expect(html).toContain(`href="/desk/contacts/${ivan}"`);
      const why = language === 'en' ? 'same name and domain firm.example' : 'то же имя и домен firm.example';
      expect(html.split(why)).toHaveLength(4);
      expect(html.slice(html.indexOf('<main'))).not.toMatch(/\b(?:desk|core|ui)\.[a-z]+\.[a-zA-Z.]+/);
      await changeAgent(desk.app, { agentId: owner.agentId, language: 'en', actor: by });
    });

    it('is answered with yes, the address kept, and taken back', async () => {
      const fields = { contactId: String(ivan), answer: 'yes', keepsIdentity: 'true' };
      const { contactId: before } = await findTicket(desk.app.db, ticketId);
      const done = await owner.post(`${path()}/sender`, { ...fields, expectedVersion: await version() });
      expect(done.status).toBe(303);
      expect((await findTicket(desk.app.db, ticketId)).contactId).toBe(ivan);
      expect((await findContactCard(desk.app.db, ivan)).identities).toMatchObject([{ value: address }]);
      const html = await page();
      expect(html).toContain('yes, said Olga Owner');
      expect(html).toContain('decided who wrote');
      expect(html).not.toContain('id="maybe"');
      const [event] = await desk.app
        .db('events')
        .where({ ticketId, name: 'ticket.senderDecided' })
        .select('id');
      expect((await owner.post(`${path()}/sender/${event.id}/undo`)).status).toBe(303);
      expect((await findTicket(desk.app.db, ticketId)).contactId).toBe(before);
      expect(await page()).toContain('id="maybe"');
      expect((await owner.post(`${path()}/sender/1/undo`)).status).toBe(404);
    });

    it('is answered with no, and not asked again', async () => {
      const no = { contactId: String(ivan), answer: 'no' };
      expect((await owner.post(`${path()}/sender`, no)).status).toBe(303);
      const html = await page();
      expect(html).not.toContain('id="maybe"');
      expect(html).toContain('no, said Olga Owner');
    });

    it('is answered on the version that was read', async () => {
      const fields = { contactId: String(ivan), answer: 'yes', expectedVersion: '99' };
      const late = await owner.post(`${path()}/sender`, fields);
      expect(late.status).toBe(409);
      expect((await findTicket(desk.app.db, ticketId)).contactId).not.toBe(ivan);
    });

    it('is seen, not answered, by those who only look; names are for those who may read contacts', async () => {
      const seen = await page(observer);
      expect(seen).toContain(`Ivan Petrov`);
      expect(seen).not.toContain(`${path()}/sender`);
      expect((await observer.post(`${path()}/sender`, { contactId: String(ivan) })).status).toBe(403);
      const permissions = ['tickets.read', 'tickets.edit'];
      const by = { kind: 'agent', id: owner.agentId, door: 'test' } as const;
      const role = await createRole(desk.app, { name: `Clerk ${letters}`, permissions, actor: by });
      if (!role.ok) throw new Error(role.because);
      const clerk = await visitAs(desk, role.role.key);
      const html = await page(clerk);
      expect(html).not.toContain('Ivan Petrov');
      expect(html).toContain('Maybe another contact');
      const answered = await clerk.post(`${path()}/sender`, { contactId: String(ivan), answer: 'yes' });
      expect(answered.status).toBe(403);
    });

    it.each<Record<string, string>>([
      {},
      { contactId: '0' },
      { contactId: 'x' },
      { contactId: '1', answer: 'perhaps' },
    ])('takes no nonsense: %o', async (fields) => {
      expect((await owner.post(`${path()}/sender`, fields)).status).toBe(422);
    });
  });

  describe('strong signs that disagree', () => {
    beforeEach(async () => {
      ivan = await create(`Ivan Petrov ${letters}`);
      const conflict = { strength: 'strong', kind: 'phone-in-text', decision: 'conflict' } as const;
      await take([{ candidateContactId: ivan, ...conflict, detail: '+79125550101' }]);
    });

    it('stand above the conversation, in the menu and in a list of their own, until somebody decides', async () => {
      const html = await page();
      expect(html).toContain('Who wrote this?');
      expect(html).toContain('the number +79125550101 is in the text');
      expect(html).toContain('it is not clear who wrote');
      const list = (await owner.get('/desk/inbox?view=undecided').expect(200)).text;
      expect(list).toContain(path());
      expect(list).toMatch(/data-nav="undecided"[^\n]*n-hot/);
      const { contactId } = await findTicket(desk.app.db, ticketId);
      await owner.post(`${path()}/sender`, { contactId: String(contactId), answer: 'yes' });
      expect(await page()).not.toContain('Who wrote this?');
      const rest = (await owner.get('/desk/inbox?view=undecided').expect(200)).text;
      expect(rest).not.toContain(`${path()}?`);
    });

    it('give the ticket to whom it is said', async () => {
      await owner.post(`${path()}/sender`, { contactId: String(ivan), answer: 'yes' });
      expect(await findTicket(desk.app.db, ticketId)).toMatchObject({
        contactId: ivan,
        undecidedSince: null,
      });
    });

    it('are shown without a choice to those who only look', async () => {
      const html = await page(observer);
      expect(html).toContain('Who wrote this?');
      expect(html).not.toContain('type="radio"');
    });
  });

  describe('the role in which somebody writes', () => {
    let firm = 0;
    beforeEach(async () => {
      firm = await createOrganization(desk.app, { name: `Firm ${letters}`, domain: null, actor });
      ivan = await create('Ivan Petrov');
      const hat = { contactId: ivan, organizationId: firm, role: 'director', actor };
      const id = await addMembership(desk.app, hat);
      await addMembership(desk.app, { ...hat, organizationId: null, role: 'private' });
      await take([], { id, contactId: ivan });
    });

    it('is shown with its reason, to those who only look too, and changed in one click', async () => {
      for (const visitor of [owner, observer]) {
        const html = await page(visitor);
        expect(html).toContain(`Firm ${letters - 1}, Director`);
        expect(html).toContain('the address is of firm.example');
      }
      const { hats } = await findContactCard(desk.app.db, ivan);
      const own = hats.find(({ organizationId }) => organizationId === null);
      await owner.post(`${path()}/hat`, { role: String(own?.id) });
      const html = await page();
      expect(html).toContain('chosen by hand');
      expect(html).toMatch(/id="as-v">Private person/);
    });

    it('stays on the ticket when it has ended, and is offered no more', async () => {
      const { hats } = await findContactCard(desk.app.db, ivan);
      const hat = hats.find(({ organizationId }) => organizationId === firm);
      await owner.post(`/desk/contacts/${ivan}/hats/${hat?.id}/end`);
      const html = await page();
      expect(html).toContain(`Firm ${letters - 1}, Director`);
      expect(html).toContain('This role ended:');
      const own = hats.find(({ organizationId }) => organizationId === null);
      await owner.post(`${path()}/hat`, { role: String(own?.id) });
      expect(await page()).not.toContain(`name="role" value="${hat?.id}"`);
    });

    it('brings the mark of its organization along, with the case for those who may see it', async () => {
      const organizationTicket = ticketId;
      await take([]);
      const cause = ticketId;
      const { number } = await findTicket(desk.app.db, cause);
      ticketId = organizationTicket;
      const mark = { organizationId: firm, reason: 'complaint', contactId: ivan, ticketId: cause, actor };
      await markOrganization(desk.app, mark);
      const html = await page();
      expect(html).toContain(`Firm ${letters - 2} is at risk:`);
      expect(html).toContain(`href="/desk/tickets/${cause}">#${number}</a>`);
      expect(html).toContain(`href="/desk/organizations/${firm}#marks"`);
      const card = (await owner.get(`/desk/contacts/${ivan}`).expect(200)).text;
      expect(card).toContain('is at risk:');
      expect(card).toContain('Important');
    });
  });

  describe('the marks of an organization', () => {
    let firm = 0;
    const marks = (includeCleared = false) =>
      listOrganizationMarks(desk.app.db, { organizationIds: [firm], includeCleared });
    beforeEach(async () => {
      firm = await createOrganization(desk.app, { name: 'Bank', domain: null, actor });
    });

    it('are put with a reason and cleared with what was done', async () => {
      const url = `/desk/organizations/${firm}`;
      expect((await owner.post(`${url}/marks`, { note: ' ' })).status).toBe(422);
      await owner.post(`${url}/marks`, { note: 'Their lawyer called' });
      const [mark] = await marks();
      expect((await owner.get(url)).text).toContain('Their lawyer called');
      const clear = `${url}/marks/${mark?.id}/clear`;
      const empty = await owner.post(clear, { note: '' });
      expect(empty.status).toBe(422);
      expect(empty.text).toContain('<details open>');
      expect(
        (await owner.post(`/desk/organizations/${firm - 1}/marks/${mark?.id}/clear`, { note: 'x' })).status,
      ).toBe(404);
      expect((await observer.post(clear, { note: 'x' })).status).toBe(403);
      await owner.post(clear, { note: 'Settled with a discount' });
      expect(await marks()).toEqual([]);
      const html = (await owner.get(url)).text;
      expect(html).toContain('cleared by Olga Owner: Settled with a discount');
      expect((await observer.get(url)).text).not.toContain('/marks');
    });

    it('name no case to those who may not see its line', async () => {
      await take([]);
      const { number } = await findTicket(desk.app.db, ticketId);
      await markOrganization(desk.app, { organizationId: firm, reason: 'urgent', ticketId, actor });
      const agent = await visitAs(desk, 'agent', []);
      const html = (await agent.get(`/desk/organizations/${firm}`).expect(200)).text;
      expect(html).toContain('An urgent case');
      expect(html).not.toContain(`#${number}<`);
    });
  });

  it('a ticket that is opened by hand asks for the role, too', async () => {
    await setLineAudience(desk.app, { lineId: 1, audience: 'organizations', actor });
    const firm = await createOrganization(desk.app, { name: 'Caller', domain: null, actor });
    const contactId = await create('Caller');
    const id = await addMembership(desk.app, { contactId, organizationId: firm, role: 'employee', actor });
    await addMembership(desk.app, { contactId, organizationId: null, role: 'private', actor });
    const fields = { how: 'phone', contactId: String(contactId), subject: 'Call', text: 'Cold', lineId: '1' };
    const opened = await owner.post('/desk/tickets/new', { ...fields, priority: '2' });
    expect(opened.status).toBe(303);
    ticketId = Number(/\d+$/.exec(opened.headers['location'] ?? '')?.[0]);
    expect(await findTicket(desk.app.db, ticketId)).toMatchObject({
      membershipId: id,
      membershipReason: 'core.hat.lineOrganizations',
    });
    await setLineAudience(desk.app, { lineId: 1, audience: null, actor });
  });
});

import {
  addIdentity,
  createContact,
  createOrganization,
  findContactCard,
  listContactRoles,
  listLines,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { visitAs, type Visitor } from '../admin/visit-as.js';
import { desk as deskPlugin } from '../index.js';
import { endOf, isDay, lastDay } from './hat-dates.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;

describe.each(testEngines)('roles of a contact, on the pages of %s', (engine) => {
  let desk: TestDesk;
  let owner: Visitor;
  let firm = 0;
  let ivan = 0;
  beforeAll(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [deskPlugin()], timeZone: 'Europe/Moscow' } });
    owner = await visitAs(desk);
    firm = await createOrganization(desk.app, { name: 'Firm', domain: null, actor });
  }, 60_000);
  afterAll(() => desk.close());
  beforeEach(async () => {
    ivan = await createContact(desk.app, { name: 'Ivan Petrov', identities: [], actor });
  });

  const path = () => `/desk/contacts/${ivan}`;
  const hats = async () => (await findContactCard(desk.app.db, ivan)).hats;
  const add = (fields: Record<string, string>) => owner.post(`${path()}/hats`, fields);
  const page = async (where = path()) => (await owner.get(where).expect(200)).text;

  it('have days: worn from the beginning of the first to the end of the last, on the reader’s clock', async () => {
    const days = { from: '2030-01-10', to: '2030-03-31' };
    expect(
      (await add({ organizationId: String(firm), role: 'director', title: 'CEO', ...days })).status,
    ).toBe(303);
    const [hat] = await hats();
    expect(hat).toMatchObject({ role: 'director', title: 'CEO', organization: 'Firm' });
    expect([hat?.validFrom, hat?.validTo]).toEqual(['2030-01-09T21:00:00.000Z', '2030-03-31T21:00:00.000Z']);
    const html = await page();
    expect(html).toContain('Director, CEO');
    expect(html).toContain('value="2030-03-31"');
    expect(await page(`/desk/organizations/${firm}`)).toContain('Director, CEO');
  });

  it.each([
    [{ role: 'director' }, 'Choose an organisation for this role'],
    [{ role: 'private', organizationId: 'firm' }, 'Choose a role of an organisation'],
    [{ role: 'king', organizationId: 'firm' }, 'list'],
    [{ organizationId: 'firm', from: '2030-02-01', to: '2030-01-01' }, 'ends before it begins'],
    [{ organizationId: 'firm', to: '2020-01-01' }, 'ends before it begins'],
    [{ organizationId: 'firm', from: '2030-02-30' }, 'list'],
  ])('are not given like this: %o', async (fields, says) => {
    const given = 'organizationId' in fields ? { ...fields, organizationId: String(firm) } : fields;
    const answer = await add(given as Record<string, string>);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(says);
    expect(await hats()).toEqual([]);
  });

  it('without a role are those of an employee, or of the private person', async () => {
    await add({ organizationId: String(firm) });
    await add({});
    expect((await hats()).map(({ role }) => role)).toEqual(['employee', 'private']);
  });

  it('are changed each in its own form, which stays open with what is wrong', async () => {
    await add({ organizationId: String(firm) });
    const [before] = await hats();
    const url = `${path()}/hats/${before?.id}`;
    const wrong = await owner.post(url, { role: 'director', from: '2030-02-01', to: '2030-01-01' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toMatch(new RegExp(`id="hat-${before?.id}-to"[^>]*aria-invalid`));
    const today = desk.app.now().toISOString().slice(0, 10);
    await owner.post(url, { role: 'director', title: 'CEO', from: today, to: '2031-01-01' });
    const [after] = await hats();
    expect(after).toMatchObject({ role: 'director', title: 'CEO', validFrom: before?.validFrom });
    await owner.post(url, { role: 'director', title: '', from: today, to: '' });
    expect((await hats())[0]).toMatchObject({ title: null, validTo: null });
    expect((await owner.post(`${path()}/hats/99999`, { role: 'director' })).status).toBe(404);
    const observer = await visitAs(desk, 'observer');
    expect((await observer.post(url, { role: 'director' })).status).toBe(403);
  });

  it('say which number is used in them', async () => {
    await add({ organizationId: String(firm) });
    const phone = { kind: 'phone', value: '+7 912 555-01-01' };
    const identityId = await addIdentity(desk.app, { contactId: ivan, ...phone, actor });
    const [hat] = await hats();
    const url = `${path()}/identities/${identityId}/hat`;
    expect((await owner.post(url, { hatId: String(hat?.id) })).status).toBe(303);
    expect((await findContactCard(desk.app.db, ivan)).identities[0]?.membershipId).toBe(hat?.id);
    expect(await page()).toContain('Used as: Firm, Employee');
    expect((await owner.post(url, { hatId: '99999' })).status).toBe(404);
    await owner.post(url, { hatId: '' });
    expect((await findContactCard(desk.app.db, ivan)).identities[0]?.membershipId).toBeNull();
  });

  it('read every request of their organization where the administrator says so', async () => {
    const choose = (role: string, value: string) =>
      owner.post(`/desk/settings/names/contactRoles/${role}/choice`, { value });
    const seeing = async () =>
      (await listContactRoles(desk.app.db)).filter((role) => role.seesOrganization).map(({ key }) => key);
    expect(await seeing()).toEqual(['director', 'decision_maker']);
    expect((await choose('employee', 'organization')).status).toBe(303);
    expect((await choose('director', 'own')).status).toBe(303);
    expect(await seeing()).toEqual(['employee', 'decision_maker']);
    expect((await choose('decision_maker', 'answers')).status).toBe(303);
    const answering = (await listContactRoles(desk.app.db)).filter((role) => role.answersOrganization);
    expect(answering.map(({ key }) => key)).toEqual(['decision_maker']);
    expect(await page('/desk/settings/names')).toContain('and replies</option>');
    expect(await seeing()).toEqual(['employee', 'decision_maker']);
    expect((await choose('private', 'organization')).status).toBe(404);
    expect((await choose('none', 'organization')).status).toBe(404);
    expect((await choose('director', 'everything')).status).toBe(422);
    await choose('employee', 'own');
    await choose('director', 'organization');
    await choose('decision_maker', 'organization');
  });

  it('have names that the administrator gives, and roles of the company’s own', async () => {
    const settings = '/desk/settings/names';
    expect(await page(settings)).toContain('value="Decision maker"');
    await owner.post(`${settings}/contactRoles/director`, { name: 'Chief' });
    await owner.post(`${settings}/contactRoles`, { name: 'Founder', tick: 'true' });
    const roles = await listContactRoles(desk.app.db);
    const own = roles.at(-1);
    expect(own).toMatchObject({ name: 'Founder', directs: true });
    const html = await page();
    expect(html).toContain('>Chief</option>');
    expect(html).toContain('>Founder</option>');
    expect((await owner.post(`${settings}/contactRoles/director`, { name: ' ' })).status).toBe(422);
    const archive = (key: string, to: string) =>
      owner.post(`${settings}/contactRoles/${key}/archive`, { to });
    await archive(own?.key ?? '', 'off');
    expect(await page()).not.toContain('>Founder</option>');
    expect((await archive('director', 'off')).status).toBe(404);
    const agent = await visitAs(desk, 'agent');
    expect((await agent.post(`${settings}/contactRoles`, { name: 'x' })).status).toBe(403);
    await owner.post(`${settings}/contactRoles/director`, { name: 'Director' });
  });

  it('are guessed from who writes by a line, as the administrator says', async () => {
    const url = '/desk/settings/lines/lines/1/choice';
    expect((await owner.post(url, { value: 'organizations' })).status).toBe(303);
    expect(await listLines(desk.app.db)).toMatchObject([{ id: 1, audience: 'organizations' }]);
    expect(await page('/desk/settings/lines')).toMatch(/value="organizations" selected/);
    expect((await owner.post(url, { value: 'martians' })).status).toBe(422);
    await owner.post(url, { value: 'anybody' });
    expect(await listLines(desk.app.db)).toMatchObject([{ audience: null }]);
  });

  it('show what the contact is to us', async () => {
    expect(await page()).toContain('nobody has answered yet');
    await add({ organizationId: String(firm), role: 'director' });
    expect(await page()).toContain('decides for Firm');
  });
});

describe('days of a hat', () => {
  it.each(['2026-13-01', '2026-02-30', '0000-01-01', '9999-01-01', '1.2.2026', '2026-1-1'])(
    '%s is none',
    (day) => {
      expect(isDay(day)).toBe(false);
    },
  );
  it.each(['Europe/Moscow', 'America/New_York', 'Pacific/Kiritimati'])(
    'end and are shown alike in %s',
    (timeZone) => {
      for (const day of ['2026-03-07', '2026-03-08', '2026-11-01', '2026-12-31'])
        expect(lastDay(endOf(day, { timeZone }), { timeZone })).toBe(day);
    },
  );
});

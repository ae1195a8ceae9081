import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addAccount,
  changeAgent,
  keepRaw,
  listAgents,
  listLines,
  listStatuses,
  replayIntake,
} from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { desk as deskPlugin } from '../index.js';
import { visitAs, type Visitor } from './visit-as.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;
const pages = [
  'company', 'mailboxes', 'team', 'roles', 'teams', 'lines', 'names', 'plugins', 'intake', 'failures', 'events', 'health',
].map((page) => `/desk/settings/${page}`); // prettier-ignore

describe('the settings', () => {
  let desk: TestDesk;
  let owner: Visitor;
  let agent: Visitor;
  beforeAll(async () => {
    desk = await startTestDesk({ config: { plugins: [deskPlugin()] } });
    owner = await visitAs(desk);
    agent = await visitAs(desk, 'agent');
  });
  afterAll(() => desk.close());

  it.each(pages)('%s is closed to an agent and open to the owner, in both languages', async (path) => {
    expect((await agent.get(path)).status).toBe(403);
    for (const language of ['ru', 'en']) {
      await changeAgent(desk.app, {
        agentId: owner.agentId,
        language,
        actor: { kind: 'agent', id: owner.agentId, door: 'test' },
      });
      const page = await owner.get(path);
      expect(page.text).toContain(`<html lang="${language}"`);
      expect(page.status).toBe(200);
      expect(page.text.slice(page.text.indexOf('<main'))).not.toMatch(
        /\b(?:desk|core|ui)\.[a-z]+\.[a-zA-Z.]+/,
      );
    }
  });

  it('lead to the first section that the reader may open', async () => {
    expect((await owner.get('/desk/settings')).headers['location']).toBe('/desk/settings/company');
    expect((await agent.get('/desk/settings')).headers['location']).toBe('/desk/profile');
  });

  it('of the company are saved, and a value that is none keeps what was typed', async () => {
    const fields = {
      name: 'Warm & Sons', language: 'en', languages: ['ru', 'en'], timeZone: 'Europe/Berlin', country: 'DE',
      accent: 'blue', undoSeconds: '500', reopenDays: '14', closeAfterDays: '7',
    }; // prettier-ignore
    const refused = await owner.post('/desk/settings/company', fields);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('value="Warm &amp; Sons"');
    expect(refused.text).toContain('This number is too large.');
    const saved = await owner.post('/desk/settings/company', { ...fields, undoSeconds: '20' });
    expect(saved.status).toBe(303);
    expect(desk.app.company).toMatchObject({
      name: 'Warm & Sons',
      timeZone: 'Europe/Berlin',
      undoSeconds: 20,
    });
    const nowhere = await owner.post('/desk/settings/company', {
      ...fields,
      undoSeconds: '20',
      timeZone: 'Mars/North',
    });
    expect(nowhere.status).toBe(422);
  });

  it('invite somebody: the link is shown once, and a taken address keeps the form', async () => {
    const person = { name: 'Anna Kim', email: 'anna@helpdesk.example', role: 'agent', sees: 'all' };
    const invited = await owner.post('/desk/settings/team', person);
    expect(invited.text).toContain('/desk/invite/');
    const again = await owner.post('/desk/settings/team', { ...person, name: 'Another Anna' });
    expect(again.status).toBe(422);
    expect(again.text).toContain('value="Another Anna"');
    expect(again.text).toContain('already on the team');
    const anna = (await listAgents(desk.app.db)).find(({ email }) => email === person.email);
    expect((await owner.post(`/desk/settings/team/${anna?.id}/invite`)).text).toContain('/desk/invite/');
    expect((await owner.post(`/desk/settings/team/${anna?.id}/switch`, { to: 'off' })).status).toBe(303);
    expect((await owner.get(`/desk/settings/team/${anna?.id}`)).text).toContain('Enable');
  });

  it('refuse to lock out oneself, and a change on an old version', async () => {
    expect((await owner.post(`/desk/settings/team/${owner.agentId}/switch`, { to: 'off' })).status).toBe(422);
    const fields = { name: 'New name', email: 'agent@helpdesk.example', role: 'agent', sees: 'all' };
    const late = await owner.post(`/desk/settings/team/${agent.agentId}`, { ...fields, version: '999' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('value="New name"');
    expect((await owner.get('/desk/settings/team/99999')).status).toBe(404);
  });

  it('rename a status and add a line; an empty name is refused in its place', async () => {
    expect((await owner.post('/desk/settings/names/statuses/open', { name: 'In the works' })).status).toBe(
      303,
    );
    expect((await listStatuses(desk.app.db)).map(({ name }) => name)).toContain('In the works');
    expect((await owner.post('/desk/settings/names/statuses/none', { name: 'x' })).status).toBe(404);
    expect((await owner.post('/desk/settings/lines/lines', { name: ' ' })).status).toBe(422);
    expect((await owner.post('/desk/settings/lines/lines', { name: 'Returns' })).status).toBe(303);
    expect((await listLines(desk.app.db)).map(({ name }) => name)).toContain('Returns');
  });

  it('make a role, and change what it may', async () => {
    const made = await owner.post('/desk/settings/roles', { name: 'Auditor', permissions: ['events.read'] });
    expect(made.status).toBe(303);
    expect((await owner.get('/desk/settings/roles')).text).toContain('Auditor');
    const bad = await owner.post('/desk/settings/roles', { name: 'x'.repeat(101), permissions: [] });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain(`value="${'x'.repeat(101)}"`);
  });

  it('never switch off the plugin that shows them', async () => {
    expect((await owner.post('/desk/settings/plugins/desk/switch', { to: 'off' })).status).toBe(409);
    expect((await owner.get('/desk/settings/plugins/none')).status).toBe(404);
  });

  it('show a raw message as text, hand it out as a file, and settle a parked one', async () => {
    const [line] = await listLines(desk.app.db);
    const accountId = await addAccount(desk.app, {
      channel: 'email', lineId: line?.id ?? 0, name: 'Help', address: 'help@helpdesk.example', config: {}, actor,
    }); // prettier-ignore
    const raw = Buffer.from('Subject: <script>alert(1)</script>\r\n\r\nhello');
    await keepRaw(desk.app, { account: { id: accountId, channel: 'email' }, externalId: '1', raw });
    await desk.app.database.writer('intake').update({ state: 'parked', reason: 'test' });
    const list = await owner.get('/desk/settings/intake');
    expect(list.text).toContain('1 received &#x3D; 0 delivered + 0 duplicate + 1 parked');
    const { id } = await desk.app.db('intake').first('id');
    const item = await owner.get(`/desk/settings/intake/${id}`);
    expect(item.text).toContain('&lt;script&gt;');
    expect(item.text).not.toContain('<script>alert');
    const file = await owner.get(`/desk/settings/intake/${id}/raw`);
    expect(file.headers['content-disposition']).toContain('attachment');
    expect(file.headers['content-security-policy']).toContain('sandbox');
    expect((await agent.post(`/desk/settings/intake/${id}/refuse`)).status).toBe(403);
    expect((await owner.post(`/desk/settings/intake/${id}/refuse`)).status).toBe(303);
    expect((await owner.get('/desk/settings/intake?state=refused')).text).toContain(
      `/desk/settings/intake/${id}`,
    );
    await replayIntake(desk.app, { intakeId: id, actor });
    expect((await owner.get('/desk/settings/mailboxes')).text).toContain('help@helpdesk.example');
    expect((await owner.post(`/desk/settings/mailboxes/${accountId}/switch`, { to: 'off' })).status).toBe(
      303,
    );
    expect((await owner.get('/desk/settings/mailboxes')).text).toContain('Switched off');
  });
});

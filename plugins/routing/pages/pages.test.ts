import { assignTicket, keepSavedReply, listAgents } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRulesDesk, system, type RulesDesk, type Visitor } from '../../../tests/routing/rules-desk.js';
import { listRules, listVersions } from '../rules/list-rules.js';

const words = (html: string) => html.slice(html.indexOf('<main')).replaceAll(/<[^>]*>/g, ' ');

describe.each(testEngines)('pages of rules on %s', (engine) => {
  let at: RulesDesk;
  let owner: Visitor;
  let agent: Visitor;
  beforeAll(async () => {
    at = await startRulesDesk(engine, [workspace()]);
    owner = await at.visit();
    agent = await at.visit('agent');
  });
  afterAll(() => at.desk.close());

  const app = () => at.desk.app;
  const rules = () => listRules(app().db);

  it('a rule is built with buttons alone, and what was typed stays', async () => {
    const NEW = '/desk/routing/rules/new';
    expect((await owner.get(NEW)).status).toBe(200);
    let fields: Record<string, string | string[]> = {
      name: 'Hot <b>',
      match: 'all',
      't.0.on': 'opened',
      'g.0.match': 'any',
    };
    const press = async (button: string, more: Record<string, string | string[]> = {}) => {
      fields = { ...fields, ...more };
      return (await owner.post(NEW, { ...fields, do: button }).expect(200)).text;
    };
    let html = await press('add-condition.0', { 'new.0': 'ticket.subject' });
    expect(html).toContain('value="Hot &lt;b&gt;"');
    expect(html).toContain('name="g.0.c.0.field" value="ticket.subject"');
    expect(html).toMatch(/<option value="any" selected>/);
    html = await press('add-condition.0', {
      'g.0.c.0.field': 'ticket.subject',
      'g.0.c.0.op': 'contains',
      'g.0.c.0.v': 'fire',
      'new.0': 'ticket.priority',
    });
    expect(html).toContain('name="g.0.c.0.v" value="fire"');
    expect(html).toContain('name="g.0.c.1.v" value="4"');
    html = await press('add-action', {
      'g.0.c.1.field': 'ticket.priority',
      'g.0.c.1.op': 'in',
      'g.0.c.1.v': ['3', '4'],
      'new.action': 'tag',
    });
    expect(html).toMatch(/name="g\.0\.c\.1\.v" value="4" checked/);
    html = await press('add-trigger', { 'a.0.kind': 'tag', 'a.0.v': 'hot', 'new.trigger': 'unanswered' });
    expect(html).toContain('name="t.1.every"');
    html = await press('drop-condition.0.0', {
      't.1.on': 'unanswered',
      't.1.every': '2',
      't.1.unit': 'hours',
    });
    expect(html).not.toContain('value="fire"');
    expect(html).toContain('name="g.0.c.0.field" value="ticket.priority"');
    html = await press('add-group');
    expect(html).toContain('id="g-1"');
    const saved = await owner.post(NEW, { ...fields, do: 'save' });
    expect(saved.status).toBe(303);
    const [rule] = await rules();
    expect(rule).toMatchObject({
      isOn: false,
      version: 1,
      definition: {
        name: 'Hot <b>',
        triggers: [{ on: 'opened' }, { on: 'unanswered', minutes: 120 }],
        conditions: {
          match: 'all',
          groups: [
            {
              match: 'any',
              conditions: [
                { field: 'ticket.subject', op: 'contains', values: ['fire'] },
                { field: 'ticket.priority', op: 'in', values: ['3', '4'] },
              ],
            },
          ],
        },
        actions: [{ kind: 'tag', tag: 'hot' }],
      },
    });
    const page = await owner.get(saved.headers['location'] ?? '');
    expect(page.text).toContain('value="2"');
    expect(page.text).toMatch(/<option value="hours" selected>/);
  });

  it('mistakes are told at their place, and nothing is stored', async () => {
    const before = await rules();
    const { text, status } = await owner.post('/desk/routing/rules/new', {
      do: 'save',
      name: ' ',
      't.0.on': 'untouched',
      't.0.every': 'soon',
      'g.0.c.0.field': 'ticket.line',
      'g.0.c.0.op': 'in',
      'a.0.kind': 'reply',
      'a.0.v': '',
    });
    expect(status).toBe(422);
    for (const place of ['f-name', 'f-t-0-every', 'f-g-0-c-0-v', 'f-a-0-v']) {
      expect(text).toContain(`href="#${place}"`);
      expect(text).toContain(`id="${place}"`);
    }
    expect(text).toContain('value="soon"');
    expect(await rules()).toEqual(before);
    const empty = await owner.post('/desk/routing/rules/new', { do: 'save', name: 'Nothing' });
    expect(empty.text).toContain('Say when the rule is asked');
    expect(empty.text).toContain('Say what the rule does');
  });

  it('takes no names that are none of its own', async () => {
    const { status } = await owner.post('/desk/routing/rules/new', {
      do: 'save',
      name: 'Evil',
      't.0.on': 'opened',
      'g.0.c.0.field': '__proto__',
      'g.0.c.0.op': 'constructor',
      'g.0.c.0.v': 'x',
      'a.0.kind': 'toString',
      'a.0.v': 'x',
    });
    expect(status).toBe(422);
  });

  it('every action can be chosen and comes back as it was', async () => {
    const savedReplyId = await keepSavedReply(app(), { title: 'Got it', text: 'Yes', actor: system });
    const rows = [
      ['team', 'segment'],
      ['assign', 'load'],
      ['agent', String(at.desk.owner.id)],
      ['priority', '4'],
      ['type', 'none'],
      ['untag', 'cold'],
      ['status', 'solved'],
      ['note', 'Two\nlines'],
      ['reply', String(savedReplyId)],
      ['acknowledge', 'No. {{ticket.number}}'],
    ];
    const fields = Object.fromEntries(
      rows.flatMap(([kind = '', value = ''], i) => [
        [`a.${i}.kind`, kind],
        [`a.${i}.v`, value],
      ]),
    );
    const saved = await owner.post('/desk/routing/rules/new', {
      ...fields,
      do: 'save',
      name: 'All of them',
      't.0.on': 'closed',
      'a.1.team': 'none',
    });
    expect(saved.status).toBe(303);
    const { definition } = (await rules()).find((one) => one.definition.name === 'All of them') ?? {};
    expect(definition?.actions).toEqual([
      { kind: 'team', teamId: 'segment' },
      { kind: 'assign', strategy: 'load', teamId: null },
      { kind: 'agent', agentId: at.desk.owner.id },
      { kind: 'priority', priority: 4 },
      { kind: 'type', type: null },
      { kind: 'untag', tag: 'cold' },
      { kind: 'status', status: 'solved' },
      { kind: 'note', text: 'Two\nlines' },
      { kind: 'reply', savedReplyId },
      { kind: 'acknowledge', text: 'No. {{ticket.number}}' },
    ]);
    const page = await owner.get(saved.headers['location'] ?? '');
    expect(page.text).toContain('Two\nlines</textarea>');
    expect(page.text).toMatch(/<option value="segment" selected>/);
  });

  it('what cannot be filled in is told before it is stored', async () => {
    const { status, text } = await owner.post('/desk/routing/rules/new', {
      do: 'save',
      name: 'Hello',
      't.0.on': 'opened',
      'a.0.kind': 'acknowledge',
      'a.0.v': 'Yours, {{agent.name}}',
    });
    expect(status).toBe(422);
    expect(text).toContain('There is something in double braces that cannot be filled in');
  });

  it('a draft is tried on the past from its page, unsaved', async () => {
    const ticketId = await at.open({ subject: 'The <i>shed</i> is on fire' });
    const before = await rules();
    const { text, status } = await owner.post('/desk/routing/rules/new', {
      do: 'try',
      name: 'Fire',
      't.0.on': 'opened',
      'g.0.c.0.field': 'ticket.subject',
      'g.0.c.0.op': 'contains',
      'g.0.c.0.v': 'fire',
      'a.0.kind': 'priority',
      'a.0.v': '4',
    });
    expect(status).toBe(200);
    expect(text).toContain('It would have caught 1 ticket.');
    expect(text).toContain(`href="/desk/tickets/${ticketId}"`);
    expect(text).toContain('The &lt;i&gt;shed&lt;/i&gt; is on fire');
    expect(await rules()).toEqual(before);
  });

  it('each save is a version with its author; an earlier one can be restored; who comes second is told', async () => {
    const ruleId = await at.rule({ name: 'First name', actions: [{ kind: 'tag', tag: 'one' }] });
    const save = (name: string, version: string) =>
      owner.post(`/desk/routing/rules/${ruleId}`, {
        do: 'save',
        version,
        name,
        't.0.on': 'opened',
        'a.0.kind': 'tag',
        'a.0.v': 'two',
      });
    expect((await save('Second name', '1')).status).toBe(303);
    const late = await save('Third name', '1');
    expect(late.status).toBe(409);
    expect(late.text).toContain('value="Third name"');
    const page = (await owner.get(`/desk/routing/rules/${ruleId}/versions`)).text;
    expect(page).toMatch(/rt-added[^<]*<span class="sr">Added: <\/span>\+ Name: Second name/s);
    expect(page).toMatch(/rt-removed.*Name: First name/s);
    expect(page).toContain('Olga Owner');
    const restored = await owner.post(`/desk/routing/rules/${ruleId}/versions/restore`, { version: '1' });
    expect(restored.status).toBe(303);
    const versions = await listVersions(app().db, ruleId);
    expect(versions.map(({ version, definition }) => [version, definition.name])).toEqual([
      [3, 'First name'],
      [2, 'Second name'],
      [1, 'First name'],
    ]);
    expect(versions.map(({ savedBy }) => savedBy)).toEqual([at.desk.owner.id, at.desk.owner.id, null]);
  });

  it('rules are switched, moved and removed in their list', async () => {
    const [last, before] = (await rules()).toReversed();
    await owner.post(`/desk/routing/rules/${last?.id}/move`, { by: 'up' }).expect(303);
    expect(
      (await rules())
        .toReversed()
        .map(({ id }) => id)
        .slice(0, 2),
    ).toEqual([before?.id, last?.id]);
    await owner.post(`/desk/routing/rules/${last?.id}/switch`, { on: '0' }).expect(303);
    expect((await rules()).find(({ id }) => id === last?.id)?.isOn).toBe(false);
    await owner.post(`/desk/routing/rules/${last?.id}/remove`).expect(303);
    expect((await rules()).some(({ id }) => id === last?.id)).toBe(false);
    expect((await owner.get(`/desk/routing/rules/${last?.id}`)).status).toBe(404);
  });

  it('a ticket tells why, to everybody who may see it', async () => {
    // What was opened before is none of this rule's.
    await at.desk.drain();
    await at.rule({
      name: 'Give away',
      conditions: {
        match: 'all',
        groups: [{ match: 'all', conditions: [{ field: 'ticket.channel', op: 'in', values: ['phone'] }] }],
      },
      actions: [{ kind: 'assign', strategy: 'load', teamId: null }],
    });
    const ticketId = await at.open();
    await at.desk.drain();
    const page = (await agent.get(`/desk/tickets/${ticketId}`).expect(200)).text;
    expect(page).toContain('Give away');
    expect(page).toContain(`/desk/routing/tickets/${ticketId}`);
    expect(words(page)).toMatch(/Owner Olga Owner: fewest open, \d+\./);
    expect(words(page)).toContain('Channel: phone');
    const other = (await listAgents(app().db)).find(({ id }) => id !== at.desk.owner.id);
    await assignTicket(app(), { ticketId, assigneeId: other?.id ?? 0, actor: system });
    const given = (await agent.get(`/desk/tickets/${ticketId}`).expect(200)).text;
    expect(given).toContain('Give away');
    expect(given).not.toContain('fewest open');
    const trace = (await agent.get(`/desk/routing/tickets/${ticketId}`).expect(200)).text;
    expect(words(trace)).toContain('Channel: is one of phone');
    expect(words(trace)).toContain('seen: phone');
    expect((await agent.get('/desk/routing/tickets/999')).status).toBe(404);
  });

  it('a segment has its rule, team and manager, and members set by hand, imported or ruled', async () => {
    const contactId = await at.contact('Seg Ann', 'seg@client.example');
    const fields = {
      name: 'Gold',
      mark: 'G',
      team: '',
      manager: String(at.desk.owner.id),
      about: 'contact',
      'g.0.match': 'all',
      'g.0.c.0.field': 'contact.name',
      'g.0.c.0.op': 'begins',
      'g.0.c.0.v': 'seg',
    };
    expect(
      (await owner.post('/desk/routing/segments/new', { ...fields, mark: 'TOOLONG', do: 'save' })).status,
    ).toBe(422);
    const wrong = await owner.post('/desk/routing/segments/new', {
      ...fields,
      about: 'organization',
      do: 'save',
    });
    expect(wrong.text).toContain('There is no such thing for this kind');
    const saved = await owner.post('/desk/routing/segments/new', { ...fields, do: 'save' });
    expect(saved.status).toBe(303);
    await at.desk.drain();
    const page = (await owner.get(saved.headers['location'] ?? '')).text;
    expect(page).toContain('Seg Ann');
    expect(page).toContain('by rule');
    const contact = (await owner.get(`/desk/contacts/${contactId}`)).text;
    expect(contact).toContain('<b>Gold</b>');
    await owner.post(`/desk/routing/contacts/${contactId}/segment`, { segment: '' }).expect(303);
    expect((await owner.get(`/desk/contacts/${contactId}`)).text).toContain('None, by hand');
    await owner.post(`/desk/routing/contacts/${contactId}/segment`, { segment: 'rule' }).expect(303);
    expect((await owner.get(`/desk/contacts/${contactId}`)).text).toContain('<b>Gold</b>');
    const organizationId = await at.organization('Metal');
    await owner.post(`/desk/routing/organizations/${organizationId}/segment`, { segment: '2' }).expect(303);
    expect((await owner.get(`/desk/organizations/${organizationId}`)).text).toContain('segment-a');
    const list = 'Metal;B\nNobody;A';
    const checked = await owner.post('/desk/routing/segments/import', { list, do: 'check' });
    expect(words(checked.text)).toContain('0 of 2 lines');
    expect(checked.text).toContain('Was set by hand');
    expect(checked.text).toContain('Nobody is known by this');
  });

  it('are for those who may: agents see why, observers and agents change nothing', async () => {
    const ruleId = (await rules())[0]?.id;
    for (const path of ['/desk/routing/rules', `/desk/routing/rules/${ruleId}`, '/desk/routing/segments'])
      expect((await agent.get(path)).status).toBe(403);
    for (const path of ['rules/new', `rules/${ruleId}`, 'segments/new', 'contacts/1/segment'])
      expect((await agent.post(`/desk/routing/${path}`, { do: 'save' })).status).toBe(403);
  });

  it.each(['en', 'ru'])('have every word in %s', async (language) => {
    await app().database.writer('agents').where({ id: at.desk.owner.id }).update({ language });
    const [ruleId] = (await rules()).map(({ id }) => id);
    const paths = [
      'rules',
      'rules/new',
      `rules/${ruleId}`,
      `rules/${ruleId}/versions`,
      'segments',
      'segments/1',
      'segments/import',
      'tickets/1',
    ];
    for (const path of paths) {
      const { text, status } = await owner.get(`/desk/routing/${path}`);
      expect([path, status]).toEqual([path, 200]);
      expect(words(text)).not.toMatch(/\brouting\.[a-z]+/);
    }
    await app().database.writer('agents').where({ id: at.desk.owner.id }).update({ language: 'en' });
  });
});

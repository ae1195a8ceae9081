import { readFileSync } from 'node:fs';
import {
  addMembership,
  changeAgent,
  createLine,
  createOrganization,
  createRole,
  findTicket,
  type CorePermission,
} from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRoutingDesk, system, type RoutingDesk } from '../../../tests/simulate/routing-desk.js';
import { switchRule } from '../rules/change-rule.js';
import { saveRule } from '../rules/save-rule.js';
import { findWork } from './find-work.js';
import { localTime, momentOf } from './local-time.js';
import { setTiers } from './set-tiers.js';

const lines = { wanted: 'Pipes <b>by</b> Friday', tried: 'Asked the store', promised: 'A call today' };

describe.each(testEngines)('pages of tiers and assignment, on %s', (engine) => {
  let at: RoutingDesk;
  let front: number;
  let experts: number;
  let lea: Awaited<ReturnType<RoutingDesk['person']>>;
  let ilya: Awaited<ReturnType<RoutingDesk['person']>>;
  let owner: Awaited<ReturnType<RoutingDesk['visit']>>;
  let ticketId: number;
  beforeEach(async () => {
    at = await startRoutingDesk({ engine });
    [front, experts] = [await at.team('Front'), await at.team('Experts')];
    lea = await at.person('Lea', { teamIds: [front] });
    ilya = await at.person('Ilya', { teamIds: [experts] });
    await setTiers(at.desk.app, { tiers: new Map([[experts, 2]]), actor: system });
    ticketId = await at.ticket({ teamId: front, assigneeId: lea.id });
    await at.desk.drain();
    owner = await at.visit(at.desk.owner);
  });
  afterEach(() => at.desk.close());

  const work = () => findWork(at.desk.app.db, ticketId);
  const roleOf = async (name: string, permissions: readonly (CorePermission | `routing.${string}`)[]) => {
    const made = await createRole(at.desk.app, { name, permissions: [...permissions], actor: system });
    if (!made.ok) throw new Error(made.because);
    return made.role.key;
  };

  it('a ticket is handed over, taken and given back by forms alone, and each sees what is theirs', async () => {
    const [hers, his] = [await at.visit(lea), await at.visit(ilya)];
    const url = `/desk/routing/tickets/${ticketId}/hand-over`;
    expect(await hers.text(`/desk/tickets/${ticketId}`)).toContain(`href="${url}"`);
    const form = await hers.text(url);
    // The only team of the second tier is proposed.
    expect(form).toMatch(new RegExp(`<option value="${experts}" selected>Experts, tier 2`));
    const empty = await hers.post(url, { ...lines, tried: '', toTeamId: String(experts) });
    expect(empty.status).toBe(422);
    const again = await empty.text();
    expect(again).toContain('href="#f-tried"');
    expect(again).toContain('value="Pipes &lt;b&gt;by&lt;/b&gt; Friday"');
    const sent = await hers.post(url, {
      ...lines,
      toTeamId: String(experts),
      promisedAt: '2026-03-12T17:00',
    });
    expect(sent.headers.get('location')).toBe(`/desk/tickets/${ticketId}`);
    await at.desk.drain();

    const seen = await his.text(`/desk/tickets/${ticketId}`);
    const start = seen.indexOf('id="props"');
    const top = seen.slice(start, seen.indexOf('</header>', start));
    expect(top).toContain('Pipes &lt;b&gt;by&lt;/b&gt; Friday');
    expect(top).toContain('tier 2, Experts');
    expect(await his.text('/desk/routing/work')).toContain('Waits for somebody of your teams');
    expect(await his.text('/desk/inbox')).toMatch(
      /href="\/desk\/routing\/work"[^]{0,300}class="n[^"]*"[^>]*>1</,
    );
    await his.post(`/desk/routing/tickets/${ticketId}/take`, { from: '' });
    expect((await work())?.workerId).toBe(ilya.id);
    expect(await his.text('/desk/routing/work')).toContain('You work on it');
    expect(await hers.text('/desk/routing/work')).toContain('Yours, others work on it');
    expect(await hers.text(`/desk/tickets/${ticketId}`)).toContain('Take it back');

    const handoverId = String((await work())?.handoverId);
    const back = `/desk/routing/tickets/${ticketId}/give-back`;
    await his.post(back, { handoverId, text: 'In Perm' });
    expect(await work()).toBeUndefined();
    expect(await hers.text(`/desk/tickets/${ticketId}`)).toContain('In Perm');
    const story = await hers.text(`/desk/tickets/${ticketId}`);
    for (const words of ['handed over to a higher tier', 'works on it now', 'given back'])
      expect(story).toContain(words);
    const twice = await hers.post(back, { handoverId, text: '' });
    expect(twice.status).toBe(303);
    expect((await findTicket(at.desk.app.db, ticketId)).teamId).toBe(front);
  });

  it('lets nobody near who may not', async () => {
    const reader = await at.person('Rea', { role: await roleOf('Reader', ['tickets.read']) });
    const stranger = await at.person('Sam', {
      sees: 'lines',
      lineIds: [],
      role: await roleOf('Stranger', ['tickets.read', 'tickets.edit']),
    });
    const [hers, reading, strange] = [await at.visit(lea), await at.visit(reader), await at.visit(stranger)];
    const post = (who: typeof hers) =>
      who.post(`/desk/routing/tickets/${ticketId}/hand-over`, { ...lines, toTeamId: String(experts) });
    expect((await post(reading)).status).toBe(403);
    expect((await post(strange)).status).toBe(404);
    expect((await post(hers)).status).toBe(303);
    await at.desk.drain();
    expect(await reading.text(`/desk/tickets/${ticketId}`)).not.toMatch(/give-back|\/take"/);
    const outsider = await at.visit(await at.person('Out', { teamIds: [front] }));
    const handoverId = String((await work())?.handoverId);
    const base = `/desk/routing/tickets/${ticketId}`;
    expect((await outsider.post(`${base}/give-back`, { handoverId })).status).toBe(403);
    await outsider.post(`${base}/take`, { from: '' });
    expect((await work())?.workerId).toBeNull();
    expect((await strange.post(`${base}/give-back`, { handoverId })).status).toBe(404);
    for (const path of ['people', `people/${lea.id}`, 'tiers', 'responsibility', 'responsibility/edit'])
      expect((await hers.get(`/desk/routing/${path}`)).status).toBe(403);
    expect((await hers.post(`/desk/routing/people/${lea.id}`, {})).status).toBe(403);
    expect((await hers.post(`/desk/routing/managers/contact/1`, { agentId: '1' })).status).toBe(403);
  });

  it('a ticket that was moved without a card asks for it', async () => {
    const hers = await at.visit(lea);
    const { version } = await findTicket(at.desk.app.db, ticketId);
    await owner.post(`/desk/tickets/${ticketId}/team`, {
      teamId: String(experts),
      value: String(experts),
      team: String(experts),
      expectedVersion: String(version),
    });
    await at.desk.drain();
    const url = `/desk/routing/tickets/${ticketId}/card`;
    expect(await hers.text(`/desk/tickets/${ticketId}`)).toContain(`href="${url}"`);
    expect((await hers.post(url, { ...lines, wanted: '' })).status).toBe(422);
    expect((await hers.post(url, lines)).status).toBe(303);
    expect((await work())?.card?.tried).toBe('Asked the store');
    expect((await hers.post(url, lines)).status).toBe(422);
  });

  it('says of a person what may come, and shows what is wrong with it', async () => {
    const url = `/desk/routing/people/${lea.id}`;
    const wrong = await owner.post(url, {
      version: '0',
      loadLimit: '-1',
      mon: 'nine',
      skills: 'Customs',
      awayUntil: '2026-03-01',
    });
    expect(wrong.status).toBe(422);
    const html = await wrong.text();
    for (const field of ['loadLimit', 'mon', 'awayUntil']) expect(html).toContain(`href="#f-${field}"`);
    expect(html).toContain('value="nine"');
    const good = {
      version: '0',
      loadLimit: '8',
      skills: 'Customs, steel; customs',
      mon: '9-13, 14–18',
      awayFrom: '2026-03-12',
      awayUntil: '2026-03-20',
      deputyId: String(ilya.id),
    };
    expect((await owner.post(url, good)).status).toBe(303);
    const stored = await owner.text(url);
    expect(stored).toContain('value="09:00–13:00, 14:00–18:00"');
    expect(stored).toContain('value="customs, steel"');
    const list = await owner.text('/desk/routing/people');
    for (const words of ['Away until 20 March', '1 of 8', 'Front', 'Ilya']) expect(list).toContain(words);
    const conflict = await owner.post(url, { ...good, loadLimit: '9' });
    expect(conflict.status).toBe(409);
    expect(await conflict.text()).toContain('Somebody else saved this meanwhile');
    expect((await owner.post(url, { ...good, version: '1', deputyId: String(lea.id) })).status).toBe(422);
    expect((await owner.get('/desk/routing/people/999')).status).toBe(404);
  });

  it('everybody says of themselves when they are away, and nothing else', async () => {
    const hers = await at.visit(lea);
    expect(await hers.text('/desk/inbox')).toContain('href="/desk/routing/away"');
    const form = { version: '0', awayFrom: '2026-03-12', awayUntil: '', deputyId: '', loadLimit: '0' };
    expect((await hers.post('/desk/routing/away', form)).status).toBe(303);
    expect(await at.desk.app.db('routing_people').first()).toMatchObject({
      agentId: lea.id,
      awayFrom: '2026-03-12',
      awayUntil: null,
      loadLimit: null,
    });
    expect((await hers.post('/desk/routing/away', { ...form, version: '1', awayFrom: 'soon' })).status).toBe(
      422,
    );
  });

  it('gives a contact and his organization their manager', async () => {
    const contactId = await at.contact();
    const organizationId = await createOrganization(at.desk.app, { name: 'Mill & Sons', actor: system });
    await addMembership(at.desk.app, { contactId, organizationId, role: 'employee', actor: system });
    const page = await owner.text(`/desk/contacts/${contactId}`);
    expect(page).toContain('Mill &amp; Sons');
    const save = (path: string, agentId: string) => owner.post(`/desk/routing/managers/${path}`, { agentId });
    await save(`contact/${contactId}`, String(lea.id));
    await save(`organization/${organizationId}?contact=${contactId}`, String(ilya.id));
    expect(
      await at.desk.app.db('routing_managers').orderBy('id').select('contactId', 'organizationId', 'agentId'),
    ).toEqual([
      { contactId, organizationId: null, agentId: lea.id },
      { contactId: null, organizationId, agentId: ilya.id },
    ]);
    await save(`contact/${contactId}`, '');
    expect(await at.desk.app.db('routing_managers')).toHaveLength(1);
    for (const path of ['contact/999', 'organization/999'])
      expect((await save(path, String(lea.id))).status).toBe(404);
    expect((await save(`contact/${contactId}`, '999')).status).toBe(404);
    // Who may not change it reads it.
    const reads = await (await at.visit(lea)).text(`/desk/contacts/${contactId}`);
    expect(reads).not.toContain('/desk/routing/managers/');
    expect(reads).toContain('Ilya');
  });

  it('says which team is of which tier', async () => {
    await owner.post('/desk/routing/tiers', { [`team${front}`]: '3', [`team${experts}`]: '7', team999: '2' });
    expect(await at.desk.app.db('routing_tiers').orderBy('teamId')).toEqual([
      { teamId: front, tier: 3 },
      { teamId: experts, tier: 2 },
    ]);
  });

  it('shows who answers for what, where it comes from, and where nobody does', async () => {
    const line = await createLine(at.desk.app, { name: 'Wholesale', actor: system });
    const lineId = line.ok ? line.lineId : 0;
    const before = await owner.text('/desk/routing/responsibility');
    expect(before).toContain('Nobody');
    expect(before).toContain('the only team of this tier');
    const edit = (path: string, teams: Record<string, string>) =>
      owner.post(`/desk/routing/responsibility/edit?${path}`, { tier1: '', tier2: '', tier3: '', ...teams });
    expect((await edit('line=&type=', { tier1: String(front) })).status).toBe(303);
    expect(await owner.text('/desk/routing/responsibility')).toContain('There is somebody for everything');
    expect(await owner.text('/desk/routing/responsibility')).toContain('as for everything');
    const { ruleId } = await saveRule(at.desk.app, {
      definition: {
        name: 'Wholesale to experts',
        triggers: [{ on: 'opened' }],
        conditions: {
          match: 'all',
          groups: [
            { match: 'all', conditions: [{ field: 'ticket.line', op: 'in', values: [String(lineId)] }] },
          ],
        },
        actions: [{ kind: 'team', teamId: experts }],
        stop: false,
      },
      actor: system,
    });
    await switchRule(at.desk.app, { ruleId, isOn: true, actor: system });
    const ruled = await owner.text('/desk/routing/responsibility?gaps=1');
    expect(ruled).toContain('by rule “Wholesale to experts”');
    expect(ruled).toContain('The team is of another tier');
    await switchRule(at.desk.app, { ruleId, isOn: false, actor: system });
    await changeAgent(at.desk.app, { agentId: lea.id, sees: 'lines', lineIds: [1], actor: system });
    const gaps = await owner.text('/desk/routing/responsibility?gaps=1');
    expect(gaps).toContain('Nobody of them sees the line');
    expect(gaps).toContain('Wholesale');
    expect((await edit(`line=${lineId}&type=`, { tier1: String(experts) })).status).toBe(422);
    expect((await edit('line=999&type=', {})).status).toBe(404);
    expect((await owner.get('/desk/routing/responsibility/edit?line=x&type=y')).status).toBe(404);
  });

  it.each(['en', 'ru'] as const)('has every text of every page in %s', async (language) => {
    await changeAgent(at.desk.app, { agentId: at.desk.owner.id, language, actor: system });
    const paths = ['people', `people/${lea.id}`, 'away', 'work', 'tiers', 'responsibility'];
    const more = ['responsibility/edit?line=&type=', `tickets/${ticketId}/hand-over`];
    for (const path of [...paths, ...more]) {
      const answer = await owner.get(`/desk/routing/${path}`);
      expect(answer.status).toBe(200);
      const html = await answer.text();
      const words = html.slice(html.indexOf('<main')).replaceAll(/<[^>]*>/g, ' ');
      expect(words).not.toMatch(/\brouting\.(assign|tiers|matrix)\./);
    }
  });
});

it('has the same words in Russian and in English', () => {
  const keys = (language: string) => {
    const file = new URL(`../locales/${language}.tiers.json`, import.meta.url);
    const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    return [...new Set(Object.keys(texts).map((key) => key.replace(/_(one|few|many|other)$/, '')))];
  };
  expect(keys('ru')).toEqual(keys('en'));
});

it.each([
  { local: '2026-03-12T17:00', timeZone: 'Asia/Yekaterinburg', is: '2026-03-12T12:00:00.000Z' },
  { local: '2026-07-01T00:30', timeZone: 'America/New_York', is: '2026-07-01T04:30:00.000Z' },
  { local: '2026-03-29T03:30', timeZone: 'Europe/Berlin', is: '2026-03-29T01:30:00.000Z' },
  { local: '2026-99-99T99:99', timeZone: 'UTC', is: null },
])('$local in $timeZone is $is', ({ local, timeZone, is }) => {
  expect(momentOf(local, timeZone)).toBe(is);
  if (is !== null) expect(localTime(new Date(is), timeZone)).toBe(local);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addAccount, definePlugin, keepRaw, listDeadJobs, listDeadLetters } from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desk as deskPlugin } from '../index.js';
import { visitAs, type Visitor } from './visit-as.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;
/** Stands in whatever belongs to a line that the administrator of another may not see. */
const SECRET = 'carla@client.example';

describe.each(testEngines)('the settings for somebody who sees some lines only, on %s', (engine) => {
  let desk: TestDesk;
  let folder: string;
  let owner: Visitor;
  let restricted: Visitor;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-lines-'));
    const manifest = { name: 'plugin-unwell', version: '1.0.0', peerDependencies: { '@helpdesk/core': '*' } };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    const unwell = definePlugin({ url: pathToFileURL(join(folder, 'index.js')).href } as ImportMeta, {
      register: ({ healthCheck }) => healthCheck('letters', () => ({ ok: false, detail: `to ${SECRET}` })),
    });
    desk = await startTestDesk({
      engine,
      config: { plugins: [deskPlugin(), unwell({}, { enabled: true })] },
    });
    owner = await visitAs(desk);
    restricted = await visitAs(desk, 'administrator', [1]);
    await leaveFailures();
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A job and a letter that were given up, and a parked mail: all of another line. */
  async function leaveFailures(): Promise<void> {
    const { writer } = desk.app.database;
    const at = desk.clock.now().toISOString();
    const dead = {
      state: 'dead',
      attempts: 9,
      lastError: `no answer to ${SECRET}`,
      createdAt: at,
      dueAt: at,
    };
    await writer('jobs').insert({ ...dead, name: 'x.send', input: JSON.stringify({ to: SECRET }) });
    const { id: eventId } = await desk.app.db('events').first('id');
    await writer('follower_letters').insert({ ...dead, follower: 'x.follow', eventId });
    const accountId = await addAccount(desk.app, {
      channel: 'email',
      lineId: 1,
      name: 'Help',
      address: 'help@helpdesk.example',
      config: {},
      actor,
    });
    const raw = Buffer.from(`From: ${SECRET}\r\n\r\nhello`);
    await keepRaw(desk.app, { account: { id: accountId, channel: 'email' }, externalId: '1', raw });
    await writer('intake').update({ state: 'parked', reason: 'test' });
  }

  it.each([
    '/desk/settings/intake',
    '/desk/settings/intake/1',
    '/desk/settings/intake/1/raw',
    '/desk/settings/failures',
    '/desk/settings/events',
  ])('%s is closed, and open to the owner', async (path) => {
    const answer = await restricted.get(path);
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain(SECRET);
    expect((await owner.get(path)).status).toBe(200);
  });

  it('work that was given up is neither run again nor let go', async () => {
    const [job] = await listDeadJobs(desk.app.db);
    const [letter] = await listDeadLetters(desk.app.db);
    const path = '/desk/settings/failures';
    for (const act of [
      `jobs/${job?.id}/rerun`,
      `jobs/${job?.id}/remove`,
      `letters/${letter?.id}/rerun`,
      `letters/${letter?.id}/skip`,
    ])
      expect((await restricted.post(`${path}/${act}`)).status).toBe(403);
    for (const act of ['replay', 'refuse'])
      expect((await restricted.post(`/desk/settings/intake/1/${act}`)).status).toBe(403);
    expect(await listDeadJobs(desk.app.db)).toHaveLength(1);
    expect(await listDeadLetters(desk.app.db)).toHaveLength(1);
    expect((await owner.post(`${path}/jobs/${job?.id}/remove`)).status).toBe(303);
  });

  it('the health says what is unwell, and keeps its details for those who see every line', async () => {
    const shown = (await restricted.get('/desk/settings/health').expect(200)).text;
    expect(shown).toContain('unwell · letters');
    expect(shown).not.toContain(SECRET);
    expect((await owner.get('/desk/settings/health')).text).toContain(SECRET);
  });

  it('no menu leads to what is closed, and no banner counts it', async () => {
    const own = (await restricted.get('/desk/settings/company').expect(200)).text;
    const all = (await owner.get('/desk/settings/company').expect(200)).text;
    for (const path of ['intake', 'failures', 'events']) {
      expect(own).not.toContain(`/desk/settings/${path}`);
      expect(all).toContain(`/desk/settings/${path}`);
    }
    expect(all).toContain('/desk/settings/intake?state');
  });

  it('the menu has no settings for somebody whom none is open to', async () => {
    const journals = await visitAs(desk, 'observer', [1]);
    expect((await journals.get('/desk/contacts').expect(200)).text).not.toContain('data-nav="settings"');
    expect((await restricted.get('/desk/contacts')).text).toContain('data-nav="settings"');
  });
});

it('takes no files from somebody who is not signed in', async () => {
  const desk = await startTestDesk({ config: { plugins: [deskPlugin()] } });
  const page = await request(desk.server)
    .post('/desk/sign-in')
    .set('Sec-Fetch-Site', 'same-origin')
    .attach('file', Buffer.alloc(1000), 'big.bin');
  await desk.close();
  expect(page.status).toBe(400);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import supertest from 'supertest';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { telegram } from '@helpdesk/plugin-telegram';
import { startFakeTelegram, type FakeTelegram } from '@helpdesk/plugin-telegram/fake';
import { listAccounts, openSecrets } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';

let fake: FakeTelegram;
let desk: TestDesk;
let owner: ReturnType<typeof supertest.agent>;

beforeAll(async () => {
  fake = await startFakeTelegram();
  desk = await startTestDesk({
    config: { plugins: [workspace(), telegram({ apiUrl: fake.url, holdSeconds: 1 }, { enabled: true })] },
  });
  owner = supertest.agent(desk.server);
  const { email, password } = desk.owner;
  await owner.post('/desk/sign-in').set('Origin', desk.url).type('form').send({ email, password });
});
afterAll(async () => {
  await desk.close();
  await fake.close();
});

const path = '/desk/settings/channels';
const post = (to: string, fields: Record<string, string>) =>
  owner.post(to).set('Origin', desk.url).type('form').send(fields);

it('offers the channels that say how they are connected', async () => {
  const { text } = await owner.get(path).expect(200);
  expect(text).toContain('Connect Telegram');
  expect((await owner.get(`${path}/new/telegram`).expect(200)).text).toContain('@BotFather');
  await owner.get(`${path}/new/pigeon`).expect(404);
});

it('says at the field what is wrong with a token, and keeps the rest', async () => {
  const { text } = await post(`${path}/new/telegram`, {
    'c-token': '1:abc',
    'c-mode': 'polling',
    name: 'My <bot>',
    lineId: '1',
    do: 'check',
  }).expect(422);
  expect(text).toContain('This is not a token.');
  expect(text).toContain('value="My &lt;bot&gt;"');
  expect(text).not.toContain('1:abc');
  expect(await listAccounts(desk.app.db)).toEqual([]);
});

it('shows the name of the bot, and connects it without pasting the token again', async () => {
  const { token } = fake.state;
  const fields = { 'c-mode': 'polling', name: '', lineId: '1' };
  const { text } = await post(`${path}/new/telegram`, { ...fields, 'c-token': token, do: 'check' }).expect(
    200,
  );
  expect(text).toContain('Warm House');
  expect(text).toContain('@warm_house_bot');
  expect(text).not.toContain(token);
  const sealed = /name="sealed" value="([^"]+)"/.exec(text)?.[1] ?? '';
  await post(`${path}/new/telegram`, { ...fields, 'c-token': '', sealed, do: 'save' }).expect(303);
  const [account] = await listAccounts(desk.app.db);
  expect(account).toMatchObject({
    channel: 'telegram',
    name: 'Warm House',
    address: '@warm_house_bot',
    config: { mode: 'polling', botId: 123456789 },
  });
  expect(await openSecrets(desk.app, account?.id ?? 0)).toEqual({ token });
  expect((await owner.get(path)).text).toContain('@warm_house_bot');
});

it('changes what is asked and keeps the token; a sealed text of another desk is no token', async () => {
  const [account] = await listAccounts(desk.app.db);
  const own = `${path}/${account?.id}`;
  expect((await owner.get(own).expect(200)).text).toContain('value="Warm House"');
  const version = String(account?.version);
  await post(own, {
    'c-token': '',
    'c-mode': 'polling',
    name: 'Shop bot',
    lineId: '1',
    version,
    sealed: 'v1.AAAA',
  }).expect(303);
  expect((await listAccounts(desk.app.db))[0]).toMatchObject({ name: 'Shop bot' });
  expect(await openSecrets(desk.app, account?.id ?? 0)).toEqual({ token: fake.state.token });
  const stale = await post(own, { 'c-token': '', 'c-mode': 'auto', name: 'X', lineId: '1', version });
  expect(stale.status).toBe(409);
});

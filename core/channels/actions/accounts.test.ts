import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carla, channelBench, system, type ChannelBench } from '../../../tests/mail/channel-bench.js';
import { createContact } from '../../contacts/actions/create-contact.js';
import { createKeys } from '../../database/keys.js';
import { testEngines } from '../../testing/test-database.js';
import { findTicket } from '../../tickets/queries/find-ticket.js';
import { findAccount, listAccountHealth, listAccounts, openSecrets } from '../queries/find-account.js';
import { addAccount } from './add-account.js';
import { accountFor, answerTicket } from './answer-ticket.js';
import { changeAccount, type ChangeAccount } from './change-account.js';
import { noteHeartbeat } from './note-heartbeat.js';
import { removeAccount } from './remove-account.js';
import { startTicket } from './start-ticket.js';

const actor = system;

describe.each(testEngines)('accounts on %s', (engine) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(engine);
  });
  afterEach(() => bench.close());

  const add = (secrets?: Record<string, string>, lineId = 1, channel = 'post') =>
    addAccount(bench.app, {
      channel,
      lineId,
      name: 'Shop',
      address: 'shop@desk.example',
      config: { folder: 'INBOX' },
      ...(secrets ? { secrets } : {}),
      actor,
    });
  const alter = (accountId: number, fields: ChangeAccount['fields'], expectedVersion?: number) =>
    changeAccount(bench.app, { accountId, fields, ...(expectedVersion ? { expectedVersion } : {}), actor });
  const stored = () => bench.app.db('channelAccounts').orderBy('id');
  const write = (accountId: number, text = 'Hello') =>
    startTicket(bench.app, {
      accountId,
      subject: 'Offer',
      text,
      contactId: 1,
      lineId: 1,
      agentId: 1,
      to: [carla],
      actor,
    });

  it('are added with secrets that only their channel can open', async () => {
    const accountId = await add({ password: 'open sesame' });
    expect(await findAccount(bench.app.db, accountId)).toEqual({
      id: accountId,
      channel: 'post',
      lineId: 1,
      name: 'Shop',
      address: 'shop@desk.example',
      config: { folder: 'INBOX' },
      enabled: true,
      version: 1,
    });
    expect(await openSecrets(bench.app, accountId)).toEqual({ password: 'open sesame' });
    expect(JSON.stringify([await stored(), await bench.app.db('events')])).not.toContain('open sesame');
    expect(await bench.events('account.')).toEqual([
      { name: 'account.added', accountId, channel: 'post', lineId: 1 },
    ]);
  });

  it('have no secrets when none were given, or with the key file of another desk', async () => {
    expect(await openSecrets(bench.app, await add())).toEqual({});
    const accountId = await add({ password: 'open sesame' });
    const other = { db: bench.app.db, keys: createKeys(Buffer.alloc(32, 8)) };
    expect(await openSecrets(other, accountId)).toEqual({});
    expect(await openSecrets(bench.app, 99)).toEqual({});
  });

  it('change in what is given; secrets that are not given stay', async () => {
    const accountId = await add({ password: 'one', token: 'two' });
    await alter(accountId, { secrets: { password: 'three' }, config: { folder: 'Sent' }, enabled: false });
    expect(await openSecrets(bench.app, accountId)).toEqual({ password: 'three', token: 'two' });
    expect(await findAccount(bench.app.db, accountId)).toMatchObject({
      name: 'Shop',
      config: { folder: 'Sent' },
      enabled: false,
      version: 2,
    });
    await alter(accountId, { name: 'Store', lineId: 2 });
    expect(await openSecrets(bench.app, accountId)).toEqual({ password: 'three', token: 'two' });
    expect(await findAccount(bench.app.db, accountId)).toMatchObject({
      name: 'Store',
      lineId: 2,
      version: 3,
    });
    expect(await bench.events('account.changed')).toEqual([
      { name: 'account.changed', accountId, fields: ['secrets', 'config', 'enabled'] },
      { name: 'account.changed', accountId, fields: ['name', 'lineId'] },
    ]);
  });

  it('are not changed over somebody who was quicker, nor when nobody knows them', async () => {
    const accountId = await add({ password: 'one' });
    await alter(accountId, { name: 'Store' }, 1);
    await expect(alter(accountId, { secrets: { password: 'two' } }, 1)).rejects.toMatchObject({
      code: 'TICKET_CHANGED',
    });
    expect(await openSecrets(bench.app, accountId)).toEqual({ password: 'one' });
    const unknown = { code: 'ACCOUNT_UNKNOWN', details: { accountId: 99 } };
    await expect(alter(99, { name: 'x' })).rejects.toMatchObject(unknown);
    await expect(removeAccount(bench.app, { accountId: 99, actor })).rejects.toMatchObject(unknown);
    await expect(findAccount(bench.app.db, 99)).rejects.toMatchObject(unknown);
  });

  it('are forgotten with their secrets when they are removed; what came by them stays', async () => {
    await bench.post();
    const accountId = bench.account.id;
    await alter(accountId, { secrets: { password: 'one' } });
    await removeAccount(bench.app, { accountId, actor });
    expect(await listAccounts(bench.app.db)).toEqual([]);
    expect(await listAccounts(bench.app.db, { withRemoved: true })).toMatchObject([
      { id: accountId, enabled: false },
    ]);
    expect(await stored()).toMatchObject([{ secrets: null, removedAt: bench.app.now().toISOString() }]);
    expect(await bench.app.db('intake').select('accountId')).toEqual([{ accountId }]);
    expect(await bench.events('account.removed')).toEqual([{ name: 'account.removed', accountId }]);
  });

  it('are listed by channel', async () => {
    const fax = await add({}, 1, 'fax');
    expect((await listAccounts(bench.app.db, { channel: 'fax' })).map(({ id }) => id)).toEqual([fax]);
    expect(await listAccounts(bench.app.db)).toHaveLength(2);
  });

  it('say how they do; the heartbeat moves on only while they live', async () => {
    const { id: accountId } = bench.account;
    const health = () => listAccountHealth(bench.app.db);
    expect(await health()).toEqual([{ accountId, heartbeatAt: null, health: {} }]);
    await noteHeartbeat(bench.app, { accountId, health: { connected: true }, alive: true });
    const heartbeatAt = bench.app.now().toISOString();
    bench.app.clock.pass(60_000);
    await noteHeartbeat(bench.app, { accountId, health: { connected: false }, alive: false });
    expect(await health()).toEqual([{ accountId, heartbeatAt, health: { connected: false } }]);
    expect(await bench.events('account.')).toEqual([]);
    await removeAccount(bench.app, { accountId, actor });
    expect(await health()).toEqual([]);
  });

  it('answer the tickets that came by them, else those of their line, else any', async () => {
    await bench.post();
    await createContact(bench.app, { name: 'Carla', identities: [carla], actor });
    const { id: support } = bench.account;
    const shop = await add({}, 2);
    await add({}, 2, 'fax');
    const { ticketId } = await write(support);
    const ticket = await findTicket(bench.app.db, ticketId);
    const chosen = async (change: Partial<typeof ticket>) =>
      (await accountFor(bench.app, { ...ticket, ...change }))?.id;
    expect(await chosen({ accountId: support, lineId: 2 })).toBe(support);
    expect(await chosen({ accountId: null, lineId: 2 })).toBe(shop);
    expect(await chosen({ accountId: null, lineId: null })).toBe(support);
    await alter(support, { enabled: false });
    expect(await chosen({ accountId: support, lineId: 1 })).toBe(shop);
    await removeAccount(bench.app, { accountId: shop, actor });
    expect(await chosen({ accountId: support, lineId: 1 })).toBeUndefined();
    const answering = answerTicket(bench.app, { ticketId, agentId: 1, text: 'Hello', to: [carla], actor });
    await expect(answering).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    expect(await bench.app.db('messages').select('id')).toHaveLength(1);
  });

  it('begin no ticket while they or their channel are off', async () => {
    await createContact(bench.app, { name: 'Carla', identities: [carla], actor });
    const fax = await add({}, 1, 'fax');
    await expect(write(fax)).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    await expect(write(99)).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    await alter(bench.account.id, { enabled: false });
    await expect(write(bench.account.id)).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    expect(await bench.app.db('tickets').select('id')).toEqual([]);
    await alter(bench.account.id, { enabled: true });
    await write(bench.account.id);
    expect(await bench.app.db('deliveries').first('state', 'recipient', 'accountId')).toEqual({
      state: 'held',
      recipient: carla.value,
      accountId: bench.account.id,
    });
  });
});

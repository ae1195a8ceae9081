import { listAccounts } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { email } from '../index.js';
import { createMailboxSetup } from './mailbox-setup.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;
const server = (host: string) => ({ host, port: 993, secure: 'tls' as const });
const settings = {
  address: 'help@desk.example',
  user: 'help',
  password: 'secret',
  imap: server('mail.desk.example'),
  smtp: server('mail.desk.example'),
  lineId: 1,
  name: 'Help',
  actor,
};

let desk: TestDesk;
beforeAll(async () => {
  desk = await startTestDesk({ config: { plugins: [email()] } });
});
afterAll(() => desk.close());

it('keeps a stored password for the servers that had it, and asks for it again for others', async () => {
  const setup = createMailboxSetup(desk.app);
  await setup.add(settings);
  const [account] = await listAccounts(desk.app.db, { channel: 'email' });
  const id = account?.id ?? 0;
  await setup.change(id, { ...settings, password: '', name: 'Renamed' });
  const elsewhere = { ...settings, password: '', imap: server('evil.example') };
  await expect(setup.change(id, elsewhere)).rejects.toMatchObject({ code: 'FORM_INVALID' });
  await setup.change(id, { ...elsewhere, password: 'secret' });
  expect((await setup.read(id)).imap.host).toBe('evil.example');
});

import { addAccount, listLines, type HostApp } from '@helpdesk/core';

/** A mailbox whose servers are nowhere: mail is put into the journal by the test, and what goes out waits. */
export async function addTestMailbox(app: HostApp, smtpPort = 9): Promise<number> {
  const [line] = await listLines(app.db);
  return addAccount(app, {
    channel: 'email',
    lineId: line?.id ?? 0,
    name: 'Support',
    address: 'support@desk.example',
    config: { smtp: { host: '127.0.0.1', port: smtpPort, secure: 'none' } },
    actor: { kind: 'system', id: 'test' },
  });
}

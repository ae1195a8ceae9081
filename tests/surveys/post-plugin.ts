import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { definePlugin, type Channel, type Plugin } from '@helpdesk/core';
import { mailer, type NoticeMail } from '@helpdesk/core/contracts';

/** Letters that go nowhere, and a messenger beside them. */
export interface Post {
  readonly plugin: Plugin;
  readonly mails: NoticeMail[];
  isReady: boolean;
  close(): Promise<void>;
}

const channel = (id: string, identityKind: string): Channel => ({
  id,
  title: `post.${id}`,
  icon: 'mail',
  identityKind,
  limits: { undoMs: 0, maxAttachmentBytes: 1000, canCc: true },
  parse: () => Promise.reject(new Error('nothing comes in here')),
  freeze: ({ messageId }) => ({ externalId: `<${messageId}@desk.example>` }),
  async send(message, step) {
    await step.aboutToSend();
    return message.recipients.map((recipient) => ({ recipient, state: 'sent' }));
  },
});

/** A plugin of its own needs a package of its own, from which it has its name. */
export async function makePost(): Promise<Post> {
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-post-'));
  const manifest = { name: 'plugin-post', version: '1.0.0', peerDependencies: { '@helpdesk/core': '*' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const mails: NoticeMail[] = [];
  const post = { mails, isReady: true };
  const make = definePlugin({ url: pathToFileURL(join(folder, 'index.js')).href } as ImportMeta, {
    provides: { mailer },
    register(tools) {
      tools.channel(channel('mail', 'email'));
      tools.channel(channel('chat', 'chat'));
      tools.provide(mailer, {
        ready: () => Promise.resolve(post.isReady),
        send: (mail) => Promise.resolve(void mails.push(mail)),
      });
    },
  });
  return Object.assign(post, {
    plugin: make({}, { enabled: true }),
    close: () => rm(folder, { recursive: true, force: true }),
  });
}

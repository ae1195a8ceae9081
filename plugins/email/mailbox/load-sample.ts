import { addAccount, keepRaw, listAccounts, listLines, type HostApp } from '@helpdesk/core';
import type { SampleMail } from '@helpdesk/core/contracts';

const ADDRESS = 'help@sample.example';

/** Letters to try an empty desk with; they come through the journal, as real ones do. */
export function createSampleMail(app: HostApp): SampleMail {
  return {
    async load(language, actor) {
      const { sampleMails } = await import('../sample/sample-mail.js');
      const known = (await listAccounts(app.db, { channel: 'email' })).find(
        ({ address }) => address === ADDRESS,
      );
      const [line] = await listLines(app.db);
      if (!known && !line) return 0;
      const id =
        known?.id ??
        (await addAccount(app, {
          channel: 'email',
          lineId: line?.id ?? 0,
          name: app.t(language, 'email.sample.mailbox'),
          address: ADDRESS,
          config: {},
          actor,
        }));
      let taken = 0;
      for (const mail of sampleMails(language, app.now())) {
        const raw = Buffer.from(mail.raw);
        const answer = await keepRaw(app, {
          account: { id, channel: 'email' },
          externalId: mail.messageId,
          raw,
        });
        if (answer === 'taken') taken += 1;
      }
      await app.workers.intake.drain();
      return taken;
    },
  };
}

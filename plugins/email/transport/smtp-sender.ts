import { createTransport } from 'nodemailer';
import { composeMail } from './compose-mail.js';
import type { FrozenMail } from './frozen-mail.js';
import { refuseMail } from './refuse-mail.js';
import { allRecipients, readFailure, readSuccess, type SendResult } from './send-result.js';
import { smtpOptions, type SmtpSettings } from './smtp-options.js';
import { gateData } from './gate-data.js';

export interface SendSteps {
  /**
   * Awaited after the server has accepted the sender, at least one recipient and DATA, and before the first byte
   * of the message goes out: until it resolves the mail cannot arrive, so commit the state `sending` here. Not
   * called for a mail nobody was accepted for. When it throws nothing is sent, and `send` rejects with its error.
   */
  beforeData?: () => void | Promise<void>;
}

export interface Sender {
  /** Try once. Rejects only with the error of `beforeData`; whatever the server does is in the result. */
  send: (mail: FrozenMail, steps?: SendSteps) => Promise<SendResult>;
  /** Connect and sign in, send nothing; rejects with the library's error (see explainTrouble). */
  verify: () => Promise<void>;
  /** Mails under way are finished first. */
  close: () => void;
}

/** Sends through one SMTP account, over a few connections that stay open while there is mail. */
export function createSender(settings: SmtpSettings): Sender {
  const transport = createTransport({ pool: true, ...smtpOptions(settings) });
  const gate = gateData(transport);
  const secrets = settings.password === undefined ? [] : [settings.password];
  return {
    verify: async () => void (await transport.verify()),
    close: () => transport.close(),
    send: async (mail, steps = {}) => {
      const because = refuseMail(mail);
      if (because !== undefined) return allRecipients(mail, { state: 'failed', text: `refused: ${because}` });
      const composed = composeMail(mail);
      const data = gate.watch(composed.envelope, steps.beforeData);
      try {
        const info = await transport.sendMail(composed);
        return readSuccess(mail, info);
      } catch (error) {
        if (data.refusal !== undefined) throw data.refusal.error;
        return readFailure(mail, error, { endOfDataMayBeOut: data.allRead, secrets });
      }
    },
  };
}

import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { writeSample } from '../../plugins/knowledge-base/sample/sample-command.js';
import { startFakeWhatsApp } from '../../plugins/whatsapp/fake/start-fake-whatsapp.js';
import { startSmtpSink } from '../setup/smtp-sink.js';
import { addAnswers } from './add-answers.js';
import { everyPlugin } from './every-plugin.js';
import { connectWhatsApp } from './connect-whatsapp.js';
import { setUpRules } from './set-up-rules.js';
import { tellYear } from './tell-year.js';
import { writeToday, type Today } from './write-today.js';

export interface Company {
  readonly desk: TestDesk;
  readonly today: Today;
  close(): Promise<void>;
}

/** A Wednesday at eleven. What is seen does not depend on when it is looked at. */
export const NOW = new Date('2026-03-11T11:00:00Z');
const YESTERDAY = new Date('2026-03-10T09:20:00Z');

/** A company of a year with every capability on, the day that its pictures are taken. */
export async function startCompany(language: 'ru' | 'en' = 'en'): Promise<Company> {
  const whatsapp = await startFakeWhatsApp();
  const desk = await startTestDesk({
    language,
    now: new Date('2025-03-10T08:00:00Z'),
    config: {
      timeZone: 'Europe/London',
      plugins: everyPlugin({ whatsapp: whatsapp.url }),
    },
  });
  const cast = await tellYear(desk, {
    tickets: 420,
    language,
    end: new Date(NOW.getTime() - 3_600_000),
    between: {
      at: YESTERDAY,
      async act() {
        const write = await connectWhatsApp(desk, whatsapp);
        await write('Nina Hart', 'Hello, when do you deliver the radiators of my order WH-204417?');
        await desk.drain();
      },
    },
  });
  await writeSample(desk.app, desk.owner.id);
  await setUpRules(desk, cast);
  await addAnswers(desk);
  await desk.drain();
  const sink = await startSmtpSink();
  const today = await writeToday(desk, { cast, now: NOW, smtpPort: sink.port });
  return {
    desk,
    today,
    async close() {
      await desk.close();
      await Promise.all([sink.stop(), whatsapp.close()]);
    },
  };
}

import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { startFakeTelegram } from '../../plugins/telegram/fake/start-fake-telegram.js';
import { startFakeViber } from '../../plugins/viber/fake/start-fake-viber.js';
import { startFakeWhatsApp } from '../../plugins/whatsapp/fake/start-fake-whatsapp.js';
import { everyPlugin } from './every-plugin.js';
import { NOW } from './start-company.js';

export interface Channels {
  readonly desk: TestDesk;
  /** What the stand-ins of the providers take for theirs. */
  readonly tokens: { readonly telegram: string; readonly viber: string };
  close(): Promise<void>;
}

/** A desk that believes to be reached over HTTPS, on which messengers can be connected. */
export async function startChannels(language: 'ru' | 'en' = 'en'): Promise<Channels> {
  const fakes = {
    telegram: await startFakeTelegram(),
    whatsapp: await startFakeWhatsApp(),
    viber: await startFakeViber(),
  };
  const { telegram, whatsapp, viber } = fakes;
  const plugins = everyPlugin({ telegram: telegram.url, whatsapp: whatsapp.url, viber: viber.url });
  const desk = await startTestDesk({
    language,
    now: NOW,
    config: { url: 'https://help.warm-house.example', plugins },
  });
  return {
    desk,
    tokens: { telegram: telegram.state.token, viber: viber.state.token },
    async close() {
      await desk.close();
      await Promise.all(Object.values(fakes).map((fake) => fake.close()));
    },
  };
}

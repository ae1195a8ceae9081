import { addAccount, newToken } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { email } from '@helpdesk/plugin-email';
import { telegram } from '@helpdesk/plugin-telegram';
import { viber } from '@helpdesk/plugin-viber';
import { webChat } from '@helpdesk/plugin-web-chat';
import { whatsapp } from '@helpdesk/plugin-whatsapp';
import { scriptTag } from '../../plugins/web-chat/site/setup.js';
import { startSite, startTelegram, startViber, startWhatsApp, type StandIn } from './stand-ins.js';

export interface Demo {
  readonly desk: TestDesk;
  readonly standIns: readonly StandIn[];
  /** A page with the chat on it. */
  readonly site: string;
  /** `telegram Ann: hello`. @returns what is wrong with the line, or undefined when it was brought */
  say(line: string): Promise<string | undefined>;
  close(): Promise<void>;
}

const writers = new Map<string, number>();
/** The same name is the same person, in each messenger under a number of its own. */
function idOf(name: string): number {
  const id = writers.get(name) ?? 71_000_000 + writers.size;
  writers.set(name, id);
  return id;
}

/** A desk with every messenger connected to a stand-in of its provider; nothing leaves this machine. */
export async function startDemo(): Promise<Demo> {
  const [forTelegram, forWhatsApp, forViber, site] = await Promise.all([
    startTelegram(),
    startWhatsApp(),
    startViber(),
    startSite(),
  ]);
  const on = { enabled: true };
  const desk = await startTestDesk({
    realClock: true,
    works: true,
    config: {
      plugins: [
        workspace(),
        email(),
        telegram({ apiUrl: forTelegram.apiUrl, holdSeconds: 5 }, on),
        whatsapp({ apiUrl: forWhatsApp.apiUrl }, on),
        viber({ apiUrl: forViber.apiUrl, fileHosts: ['127.0.0.1'] }, on),
        webChat({}, on),
      ],
    },
  });
  const standIns = [
    await forTelegram.connect(desk),
    await forWhatsApp.connect(desk),
    await forViber.connect(desk),
  ];
  const key = newToken().token;
  await addAccount(desk.app, {
    channel: 'web-chat',
    lineId: 1,
    name: 'Warm House',
    address: site.origin,
    config: { key, origins: site.origin, open: 'always', askEmail: 'later', mailMinutes: 10 },
    actor: { kind: 'system', id: 'demo' },
  });
  site.show(scriptTag(desk.url, key));
  let n = 0;
  return {
    desk,
    standIns,
    site: site.origin,
    async say(line) {
      const [, channel = '', name = '', text = ''] = /^(\S+) ([^:]+): ?(.+)$/.exec(line.trim()) ?? [];
      const standIn = standIns.find((one) => one.name === channel);
      if (!standIn)
        return `Write "${standIns[0]?.name} Ann: hello"; channels: ${standIns.map((one) => one.name).join(', ')}`;
      n += 1;
      await standIn.write({ n, from: { id: idOf(name), name }, text });
      return undefined;
    },
    async close() {
      await desk.close();
      await Promise.all([...standIns.map((standIn) => standIn.close()), site.close()]);
    },
  };
}

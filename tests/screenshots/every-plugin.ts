import type { Plugin } from '@helpdesk/core';
import { desk } from '@helpdesk/plugin-desk';
import { email } from '@helpdesk/plugin-email';
import { knowledgeBase } from '@helpdesk/plugin-knowledge-base';
import { portal } from '@helpdesk/plugin-portal';
import { reporting } from '@helpdesk/plugin-reporting';
import { routing } from '@helpdesk/plugin-routing';
import { sla } from '@helpdesk/plugin-sla';
import { surveys } from '@helpdesk/plugin-surveys';
import { telegram } from '@helpdesk/plugin-telegram';
import { viber } from '@helpdesk/plugin-viber';
import { webChat } from '@helpdesk/plugin-web-chat';
import { whatsapp } from '@helpdesk/plugin-whatsapp';

/** Every capability that comes with the desk, switched on; messengers talk to stand-ins of their providers. */
export function everyPlugin(apis: { telegram?: string; whatsapp?: string; viber?: string }): Plugin[] {
  const on = { enabled: true };
  return [
    desk(),
    email({ pollSeconds: 3600 }),
    routing({}, on),
    sla({}, on),
    surveys({}, on),
    reporting({}, on),
    portal({}, on),
    knowledgeBase({}, on),
    webChat({}, on),
    telegram(at(apis.telegram), on),
    whatsapp(at(apis.whatsapp), on),
    viber(at(apis.viber), on),
  ];
}

const at = (apiUrl: string | undefined) => (apiUrl === undefined ? {} : { apiUrl });

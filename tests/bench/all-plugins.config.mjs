// Every bundled plugin, switched on.
import { defineConfig } from '@helpdesk/core';
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

const offByDefault = [
  routing,
  sla,
  surveys,
  reporting,
  telegram,
  portal,
  knowledgeBase,
  webChat,
  whatsapp,
  viber,
];

export default defineConfig({
  plugins: [desk(), email(), ...offByDefault.map((plugin) => plugin({}, { enabled: true }))],
});

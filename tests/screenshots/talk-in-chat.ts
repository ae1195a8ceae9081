import { answerTicket } from '@helpdesk/core';
import type { Page } from 'playwright-core';
import { until } from '../setup/until.js';
import type { Scene } from './pictures.js';

const QUESTION = 'Hello! How strong a heater for 20 m²?';
const ANSWER = 'For a brick house 2 kW are enough:\n\n- it is quiet\n- it has a thermostat of its own';

/** A visitor of the site asks, somebody of the team answers. */
export async function talkInChat(page: Page, { company, site }: Scene): Promise<undefined> {
  const { app, owner, clock, drain } = company.desk;
  await page.goto(site.origin);
  await page.getByRole('button', { name: 'Open the chat' }).click();
  await page.getByLabel('Message', { exact: true }).fill(QUESTION);
  await page.getByRole('button', { name: 'Send' }).click();
  const asked = await until(async () => {
    await drain();
    return (await app.db('messages').where({ text: QUESTION }).first('ticketId')) as
      | { ticketId: number }
      | undefined;
  });
  const identity = await app
    .db('identities')
    .join('tickets', 'tickets.contactId', 'identities.contactId')
    .where('tickets.id', asked.ticketId)
    .first('value');
  await answerTicket(app, {
    ticketId: asked.ticketId,
    agentId: owner.id,
    text: ANSWER,
    to: [{ name: '', kind: 'web-chat', value: identity.value }],
    buttons: ['Thanks', 'Is there a white one?'],
    actor: { kind: 'agent', id: owner.id },
  });
  clock.pass(15_000);
  await drain();
  await page.getByRole('button', { name: 'Is there a white one?' }).waitFor();
  return undefined;
}

import { setType, tagTicket } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRulesDesk, system, type RulesDesk } from '../../../tests/routing/rules-desk.js';

const words = (html: string) => html.slice(html.indexOf('<main')).replaceAll(/<[^>]*>/g, ' ');

describe.each(testEngines)('the page that tells what rules did, on %s', (engine) => {
  let at: RulesDesk;
  beforeEach(async () => {
    at = await startRulesDesk(engine, [workspace()]);
  });
  afterEach(() => at.desk.close());

  const app = () => at.desk.app;

  it('what acted is never hidden by rules that did not apply, and the oldest of it can be reached', async () => {
    await at.rule({ name: 'Acted long ago', on: 'typed' });
    await at.rule({
      name: 'Acts often',
      on: 'tagged',
      actions: [{ kind: 'tag', tag: 'again' }],
    });
    for (let i = 0; i < 205; i++)
      await at.rule({
        name: `Misses ${i}`,
        on: 'tagged',
        conditions: {
          match: 'all',
          groups: [{ match: 'all', conditions: [{ field: 'ticket.channel', op: 'in', values: ['email'] }] }],
        },
      });
    const ticketId = await at.open();
    await setType(app(), { ticketId, type: 'question', actor: system });
    await at.desk.drain();
    for (let i = 0; i < 55; i++) {
      at.desk.clock.pass(600_000);
      await tagTicket(app(), { ticketId, tag: `t${i}`, actor: system });
      await at.desk.drain();
    }
    const agent = await at.visit('agent');
    const path = `/desk/routing/tickets/${ticketId}`;
    const first = (await agent.get(path).expect(200)).text;
    expect(first.match(/Acts often/g)?.length).toBe(50);
    expect(first).not.toContain('Acted long ago');
    expect(words(first)).toContain('Misses 199');
    expect(words(first)).not.toContain('Misses 200');
    const linkOf = (html: string, name: string) =>
      new RegExp(`href="([^"]*[?]${name}=\\d+)`).exec(html.replaceAll('&#x3D;', '='))?.[1] ?? '';
    const older = (await agent.get(linkOf(first, 'before')).expect(200)).text;
    expect(older).toContain('Acted long ago');
    const more = (await agent.get(linkOf(first, 'skip')).expect(200)).text;
    expect(words(more)).toContain('Misses 204');
  });
});

import { addMembership, chooseHat, createTeam, findTicket } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setManager } from '../../plugins/routing/assign/set-manager.js';
import type { Definition } from '../../plugins/routing/rules/definition.js';
import { startRulesDesk, system, type RulesDesk } from './rules-desk.js';

const triggers: Definition['triggers'] = [{ on: 'opened' }, { on: 'hatChanged' }];
const inRole = (kind: string): Definition['conditions'] => ({
  match: 'all',
  groups: [{ match: 'all', conditions: [{ field: 'hat.kind', op: 'in', values: [kind] }] }],
});

describe.each(testEngines)('routes by the role of the customer on %s', (engine) => {
  let at: RulesDesk;
  beforeAll(async () => {
    at = await startRulesDesk(engine);
  });
  afterAll(() => at.desk.close());

  it('another role leads to another team and owner, and back, each time with its reason', async () => {
    const { app, owner } = at.desk;
    const team = await createTeam(app, { name: 'Contact centre', actor: system });
    const teamId = team.ok ? team.teamId : 0;
    const home = await at.rule({
      triggers,
      conditions: inRole('private'),
      actions: [
        { kind: 'team', teamId },
        { kind: 'agent', agentId: null },
      ],
    });
    const work = await at.rule({
      triggers,
      conditions: inRole('organization'),
      actions: [
        { kind: 'team', teamId: null },
        { kind: 'assign', strategy: 'manager', teamId: null },
      ],
    });
    const organizationId = await at.organization('Firm of heating');
    await setManager(app, { organizationId, agentId: owner.id, actor: system });
    const contactId = await at.contact('Ivan');
    const hat = { contactId, actor: system };
    const own = await addMembership(app, { ...hat, organizationId: null, role: 'private' });
    const director = await addMembership(app, { ...hat, organizationId, role: 'director' });
    const ticketId = await at.open({ contactId });
    await at.desk.drain();
    const choose = async (membershipId: number) => {
      await chooseHat(app, { ticketId, membershipId, reason: 'core.hat.byHand', actor: system });
      await at.desk.drain();
      return findTicket(app.db, ticketId);
    };

    expect(await choose(own)).toMatchObject({ teamId, assigneeId: null });
    expect(await choose(director)).toMatchObject({ teamId: null, assigneeId: owner.id });
    expect(await choose(own)).toMatchObject({ teamId, assigneeId: null });
    const acted = (await at.traces(ticketId)).filter(({ outcome }) => outcome === 'done');
    expect(acted.map(({ ruleId, trigger }) => [ruleId, trigger])).toEqual([
      [home, 'hatChanged'],
      [work, 'hatChanged'],
      [home, 'hatChanged'],
    ]);
    expect(acted[1]?.detail).toContain('routing.assign.why.manager.organization');
  });
});

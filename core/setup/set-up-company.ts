import { createFirstOwner } from '../agents/actions/create-first-owner.js';
import type { AgentRecord } from '../agents/models/agent.js';
import { refused, type Outcome } from '../agents/outcome.js';
import type { BuiltinRole } from '../agents/permissions.js';
import { hasAgents } from '../agents/queries/list-agents.js';
import { companySettings } from '../config/company-settings.js';
import { change } from '../database/change.js';
import type { Actor } from '../hooks/catalogue.js';
import { COMPANY } from '../plugins/company.js';
import type { HostApp } from '../plugins/host-app.js';
import { seedTickets } from '../tickets/seed-tickets.js';
import { removeSetupCode } from './setup-code.js';

export interface SetUpCompany {
  company: string;
  language: 'ru' | 'en';
  timeZone: string;
  accent?: 'pine' | 'blue' | 'plum' | 'brick' | 'graphite';
  owner: { name: string; email: string; password: string };
  /** `setup` in the browser, `cli` for the command. */
  door: string;
}

const roleNames: Record<'ru' | 'en', Record<BuiltinRole, string>> = {
  ru: {
    owner: 'Владелец',
    administrator: 'Администратор',
    supervisor: 'Старший оператор',
    agent: 'Оператор',
    observer: 'Наблюдатель',
  },
  en: {
    owner: 'Owner',
    administrator: 'Administrator',
    supervisor: 'Supervisor',
    agent: 'Agent',
    observer: 'Observer',
  },
};
const firstLine = { ru: 'Общая', en: 'General' };
const firstTeam = { ru: 'Поддержка', en: 'Support' };

/** Make a fresh desk a company's: its name, statuses, first line and team, and the owner's account. Once only. */
export async function setUpCompany(
  app: HostApp,
  input: SetUpCompany,
): Promise<Outcome<{ agent: AgentRecord }>> {
  if (await hasAgents(app.db)) return refused('core.setup.done');
  const { company, language, timeZone, owner, door } = input;
  const made = await createFirstOwner(app, {
    ...owner,
    language,
    company,
    roleNames: roleNames[language],
    door,
  });
  if (!made.ok) return made;
  const actor: Actor = { kind: 'agent', id: made.agent.id, door };
  await change(app, async ({ trx, at, announce }) => {
    await seedTickets(trx, language);
    const [line] = await trx('lines')
      .insert({ name: firstLine[language], createdAt: at })
      .returning<{ id: number }[]>('id');
    const [team] = await trx('teams')
      .insert({ name: firstTeam[language], createdAt: at })
      .returning<{ id: number }[]>('id');
    if (team) await trx('agentTeams').insert({ agentId: made.agent.id, teamId: team.id });
    if (line) announce('line.created', { lineId: line.id, actor });
    if (team) announce('team.created', { teamId: team.id, actor });
  });
  await app.settings.save(COMPANY, companySettings, {
    values: { name: company, language, timeZone, ...(input.accent ? { accent: input.accent } : {}) },
    actor,
  });
  await removeSetupCode(app);
  return made;
}

/** Whether the desk belongs to somebody already. */
export const isSetUp = (app: HostApp): Promise<boolean> => hasAgents(app.db);

import {
  agentNames,
  assignTicket,
  change,
  findTicket,
  isError,
  listAgents,
  setPriority,
  transferTicket,
  type HostApp,
} from '@helpdesk/core';
import type { Mailer } from '@helpdesk/core/contracts';
import { currentRules } from '../rules/list-rules.js';
import type { Policy, TargetKind } from '../rules/policy.js';
import type { Segments } from '../segments.js';
import { slaActor } from './apply-due.js';
import { reckonSome } from './keep-clocks.js';
import '../rules/sla-hooks.js';

/** What was over longer ago is history: nobody is told of it. */
const FRESH_MS = 24 * 3_600_000;
const AT_A_TIME = 200;

interface Tools {
  readonly segments: Segments | undefined;
  readonly mailer: Mailer | undefined;
  readonly signal?: AbortSignal;
}

/** Each minute: due times that are missing, tickets whose segment changed, then warnings and what follows a breach. */
export async function keepPromises(app: HostApp, tools: Tools): Promise<void> {
  await mendDue(app, tools);
  await followSegments(app, tools);
  await noticeSome(app, 'warning');
  await noticeSome(app, 'breach');
  await tellAll(app, tools);
}

/** Clocks that were derived from history bring no event that would set a due time. */
async function mendDue(app: HostApp, { segments }: Tools): Promise<void> {
  const rows: { id: number; bucket: string }[] = await app
    .db('tickets')
    .whereNot('tickets.bucket', 'done')
    .whereExists((query) =>
      query
        .from('sla_clocks')
        .whereRaw('?? = ??', ['sla_clocks.ticketId', 'tickets.id'])
        .whereNull('sla_clocks.endedAt')
        .whereNotNull('sla_clocks.dueAt')
        .where((either) =>
          either.whereNull('tickets.dueAt').orWhereRaw('?? < ??', ['sla_clocks.dueAt', 'tickets.dueAt']),
        ),
    )
    .limit(AT_A_TIME)
    .select('id', 'bucket');
  if (rows.length > 0) await reckonSome(app, rows, segments);
}

/** Segments are no part of a ticket's story. */
async function followSegments(app: HostApp, { segments }: Tools): Promise<void> {
  if (!segments) return;
  const rows: { id: number; bucket: string; segmentId: number | null }[] = await app
    .db('tickets')
    .join('sla_clocks', 'sla_clocks.ticketId', 'tickets.id')
    .where('sla_clocks.kind', 'solve')
    .whereNull('sla_clocks.endedAt')
    .orderBy('tickets.id', 'desc')
    .limit(5000)
    .select('tickets.id', 'tickets.bucket', 'sla_clocks.segmentId');
  const found = await segments.segmentsOfTickets(rows.map(({ id }) => id));
  const moved = rows.filter(({ id, segmentId }) => (found.get(id)?.id ?? null) !== segmentId);
  if (moved.length > 0) await reckonSome(app, moved.slice(0, AT_A_TIME), segments);
}

type What = 'warning' | 'breach';

/** Notes what is to be told, once for each clock. */
async function noticeSome(app: HostApp, what: What): Promise<void> {
  const now = app.now();
  const column = what === 'warning' ? 'warnAt' : 'dueAt';
  const rows: { ticketId: number; kind: string; n: number }[] = await app
    .db('sla_clocks')
    .where({ state: 'running' })
    // The due moment itself is in time.
    .where(column, what === 'warning' ? '<=' : '<', now.toISOString())
    .where('dueAt', '>', new Date(now.getTime() - FRESH_MS).toISOString())
    .modify((query) => {
      if (what === 'warning') void query.where('dueAt', '>=', now.toISOString());
    })
    .whereNotExists((query) =>
      query
        .from('sla_notices')
        .whereRaw('?? = ??', ['sla_notices.ticketId', 'sla_clocks.ticketId'])
        .whereRaw('?? = ??', ['sla_notices.kind', 'sla_clocks.kind'])
        .whereRaw('?? = ??', ['sla_notices.n', 'sla_clocks.n'])
        .where({ what }),
    )
    .orderBy('ticketId')
    .limit(AT_A_TIME)
    .select('ticketId', 'kind', 'n');
  if (rows.length === 0) return;
  await change(app, async ({ trx, at }) => {
    const unique = ['ticketId', 'kind', 'n', 'what'];
    await trx('sla_notices')
      .insert(rows.map((row) => ({ ...row, what, at })))
      .onConflict(unique)
      .ignore();
  });
}

interface Notice {
  readonly id: number;
  readonly ticketId: number;
  readonly kind: TargetKind;
  readonly n: number;
  readonly what: What;
}

async function tellAll(app: HostApp, tools: Tools): Promise<void> {
  const notices: Notice[] = await app
    .db('sla_notices')
    .whereNull('doneAt')
    .orderBy('id')
    .limit(AT_A_TIME)
    .select('id', 'ticketId', 'kind', 'n', 'what');
  const { policies } = await currentRules(app.db);
  for (const notice of notices) {
    if (tools.signal?.aborted) return;
    await tell(app, { notice, policies, tools }).catch((error: unknown) =>
      // The next minute tries again; other tickets do not wait for it.
      app.log.warn({ err: error, ticketId: notice.ticketId }, 'a notice of a norm failed'),
    );
  }
}

async function tell(
  app: HostApp,
  { notice, policies, tools }: { notice: Notice; policies: readonly Policy[]; tools: Tools },
): Promise<void> {
  const { ticketId, kind, n, what } = notice;
  const clock: { policyId: number | null; endedAt: string | null } | undefined = await app
    .db('sla_clocks')
    .where({ ticketId, kind, n })
    .first('policyId', 'endedAt');
  const policy = policies.find(({ id }) => id === clock?.policyId);
  if (policy && clock?.endedAt === null) {
    if (what === 'breach') await escalate(app, ticketId, policy);
    await mail(app, { notice, policy, mailer: tools.mailer });
  }
  await change(app, async ({ trx, at, announce }) => {
    await trx('sla_notices').where({ id: notice.id }).update({ doneAt: at });
    announce(what === 'breach' ? 'sla.breached' : 'sla.warned', { ticketId, target: kind, actor: slaActor });
  });
}

/** What core or a plugin refuses is left out, and the rest is done. */
async function escalate(app: HostApp, ticketId: number, { escalate: to }: Policy): Promise<void> {
  const on = { ticketId, actor: { ...slaActor, door: 'escalation' } };
  const { priority } = await findTicket(app.db, ticketId);
  const steps = [
    to.teamId === null ? null : () => transferTicket(app, { ...on, teamId: to.teamId }),
    to.agentId === null ? null : () => assignTicket(app, { ...on, assigneeId: to.agentId }),
    to.priority === null || to.priority <= priority
      ? null
      : () => setPriority(app, { ...on, priority: to.priority ?? priority }),
  ];
  for (const step of steps) {
    try {
      await step?.();
    } catch (error) {
      if (!isError(error)) throw error;
      app.log.warn({ err: error, ticketId }, 'an escalation was refused');
    }
  }
}

async function mail(
  app: HostApp,
  { notice, policy, mailer }: { notice: Notice; policy: Policy; mailer: Mailer | undefined },
): Promise<void> {
  if (!mailer || !(await mailer.ready())) return;
  const ticket = await findTicket(app.db, notice.ticketId);
  const names = await agentNames(app.db);
  const wanted = new Set([...policy.heads, ...(ticket.assigneeId === null ? [] : [ticket.assigneeId])]);
  for (const agent of (await listAgents(app.db)).filter(({ id }) => wanted.has(id))) {
    const language =
      agent.language === 'ru' || agent.language === 'en' ? agent.language : app.company.language;
    const t = (key: string, values?: Readonly<Record<string, unknown>>) => app.t(language, key, values);
    const values = {
      number: ticket.number,
      subject: ticket.subject,
      target: t(`sla.target.${notice.kind}`),
      policy: policy.name,
      owner: ticket.assigneeId === null ? t('sla.nobody') : (names.get(ticket.assigneeId)?.name ?? ''),
      url: `${app.company.url}/desk/sla/tickets/${ticket.id}`,
    };
    await mailer.send({
      to: agent.email,
      subject: t(`sla.mail.${notice.what}.subject`, values),
      text: t(`sla.mail.${notice.what}.text`, values),
    });
  }
}

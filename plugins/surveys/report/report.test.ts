import { createLine, createRole, createTeam, moveToLine, solveTicket, transferTicket } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startSurveysDesk,
  system,
  type SurveysDesk,
  type Visitor,
} from '../../../tests/surveys/surveys-desk.js';
import { startOfDay } from './filters.js';

const text = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe.each(testEngines)('the report on %s', (engine) => {
  let at: SurveysDesk;
  let owner: Visitor;
  let teamId: number;
  let lineId: number;

  beforeAll(async () => {
    at = await startSurveysDesk(engine);
    const { app } = at.desk;
    const [team, line] = [
      await createTeam(app, { name: 'Front office', actor: system }),
      await createLine(app, { name: 'Sales', actor: system }),
    ];
    if (!team.ok || !line.ok) throw new Error('the team or the line was refused');
    ({ teamId } = team);
    ({ lineId } = line);
    await at.survey('nps');
    // Promoters and one detractor of the team, one passive on another line, one who does not answer.
    await asked('Ann', { score: '10', comment: '=1+1', mayContact: '1' }, { team: true });
    await asked('Bob', { score: '9' }, { team: true });
    await asked('Cid', { score: '2', comment: 'Slow, "very"\nslow' }, { team: true });
    await asked('Dan', { score: '7' }, { line: true });
    await asked('Eve', undefined, {});
    // Hours have passed; a session would have ended.
    owner = await at.visit(at.desk.owner);
  });
  afterAll(() => at.close());

  async function asked(
    name: string,
    answer: Readonly<Record<string, string>> | undefined,
    where: { team?: boolean; line?: boolean },
  ): Promise<void> {
    const { app } = at.desk;
    const ticketId = await at.letter(await at.contact(name));
    if (where.team) await transferTicket(app, { ticketId, teamId, actor: system });
    if (where.line) await moveToLine(app, { ticketId, lineId, actor: system });
    await solveTicket(app, { ticketId, actor: system });
    await at.desk.drain();
    await at.pass(5);
    if (answer) await at.respond(at.link(), answer);
    await at.desk.drain();
  }
  const page = async (path: string, visitor = owner) => {
    const answer = await visitor.get(path);
    expect(answer.status, path).toBe(200);
    return text(await answer.text());
  };

  it('says the whole and each group, with intervals, rates and a mark on small ones', async () => {
    const words = await page('/desk/surveys/report?kind=nps&by=team');
    // 2 promoters, 1 detractor, 1 passive of 5 who were asked.
    expect(words).toContain('NPS +25');
    expect(words).toMatch(/Answers 4 of 5 asked Response rate 80%/);
    expect(words).toMatch(/Front office \+33 -?\S+ to \+?\S+ few answers 3 3 100%/);
    expect(words).toMatch(/None 0 \S+ to \S+ few answers 1 2 50%/);
  });

  it.each(['segment', 'hat', 'team', 'agent', 'line', 'month'])('compares by %s', async (by) => {
    const words = await page(`/desk/surveys/report?kind=nps&by=${by}`);
    expect(words).toContain('NPS +25');
    if (by === 'month') expect(words).toContain('March 2026');
    if (by === 'line') expect(words).toContain('Sales');
  });

  it('a number leads to its answers', async () => {
    const words = await page(`/desk/surveys/report/answers?kind=nps&by=team&group=${teamId}`);
    for (const name of ['Ann', 'Bob', 'Cid']) expect(words).toContain(name);
    expect(words).not.toContain('Dan');
    const none = await page('/desk/surveys/report/answers?kind=nps&by=team&group=');
    expect(none).toContain('Dan');
    expect(none).not.toContain('Ann');
    const said = await page('/desk/surveys/report/answers?kind=nps&words=1');
    expect(said).toContain('Cid');
    expect(said).not.toContain('Bob');
  });

  it('other days, other kinds and nonsense show nothing, and fail nothing', async () => {
    expect(await page('/desk/surveys/report?kind=nps&from=2020-01-01&to=2020-02-01')).toContain(
      'Nobody was asked',
    );
    expect(await page('/desk/surveys/report?kind=ces')).toContain('Nobody was asked');
    const odd = await page('/desk/surveys/report?kind=constructor&by=__proto__&from=2026-13-45&survey=x');
    expect(odd).toContain('NPS +25');
    expect(await page('/desk/surveys/report/answers?kind=nps&by=agent&group=1%27;--')).toContain(
      'No answers',
    );
  });

  it('the table for spreadsheets has no formulas', async () => {
    const file = await owner.get('/desk/surveys/report/answers.csv?kind=nps');
    expect(file.headers.get('content-type')).toContain('text/csv');
    const csv = await file.text();
    const lines = csv.split('\r\n');
    expect(lines[0]).toContain('Answered,Survey,Kind,Score,Comment');
    expect(csv).toContain(",10,'=1+1,1,");
    expect(csv).toContain('"Slow, ""very""\nslow"');
    expect(lines).toHaveLength(6);
    const one = await (
      await owner.get(`/desk/surveys/report/answers.csv?kind=nps&by=team&group=${teamId}`)
    ).text();
    expect(one.trim().split('\r\n')).toHaveLength(4);
  });

  it('promoters are those whose newest answer is 9 or 10', async () => {
    const words = await page('/desk/surveys/report/promoters');
    expect(words).toMatch(/Bob.*Ann/);
    expect(words).toContain('May be contacted');
    expect(words).not.toContain('Cid');
  });

  it('agents of one line see the answers of its tickets alone, and without the permission none', async () => {
    const role = await createRole(at.desk.app, {
      name: 'Looks',
      permissions: ['tickets.read', 'surveys.read'],
      actor: system,
    });
    if (!role.ok) throw new Error(role.because);
    const place = { sees: 'lines' as const, lineIds: [lineId] };
    const looker = await at.visit(await at.person('Lou', { role: role.role.key, ...place }));
    const words = await page('/desk/surveys/report?kind=nps&by=line', looker);
    expect(words).toContain('1 of 1 asked');
    const csv = await (await looker.get('/desk/surveys/report/answers.csv?kind=nps')).text();
    expect(csv).toContain('Dan');
    expect(csv).not.toContain('Ann');
    expect(await page('/desk/surveys/report/promoters', looker)).not.toContain('Ann');
    const agent = await at.visit(await at.person('Max'));
    for (const path of [
      '/desk/surveys',
      '/desk/surveys/report',
      '/desk/surveys/report/answers',
      '/desk/surveys/report/answers.csv',
      '/desk/surveys/report/promoters',
      '/desk/surveys/settings',
    ])
      expect((await agent.get(path)).status, path).toBe(403);
  });
});

it('a day begins by the clock of its reader', () => {
  expect(startOfDay('2026-03-12', 'UTC')).toBe('2026-03-12T00:00:00.000Z');
  expect(startOfDay('2026-03-12', 'Asia/Yekaterinburg')).toBe('2026-03-11T19:00:00.000Z');
  expect(startOfDay('2026-03-12', 'America/New_York')).toBe('2026-03-12T04:00:00.000Z');
  expect(startOfDay('2026-03-12', 'Pacific/Kiritimati')).toBe('2026-03-11T10:00:00.000Z');
});

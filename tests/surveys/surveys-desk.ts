import {
  addAccount,
  addAgent,
  answerTicket,
  changeContact,
  createContact,
  receiveMessage,
  signIn,
  solveTicket,
  type Actor,
  type Engine,
  type HelpdeskConfig,
} from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { routing } from '@helpdesk/plugin-routing';
import { surveys } from '../../plugins/surveys/index.js';
import { scaleOf, type Kind } from '../../plugins/surveys/kinds/kind.js';
import type { InvitationRecord } from '../../plugins/surveys/invite/invitation.js';
import { switchSurvey } from '../../plugins/surveys/surveys/change-survey.js';
import { saveSurvey } from '../../plugins/surveys/surveys/save-survey.js';
import type { Definition } from '../../plugins/surveys/surveys/survey.js';
import { makePost, type Post } from './post-plugin.js';

export const system: Actor = { kind: 'system', id: 'test', door: 'test' };
export const HOUR = 3_600_000;
const password = 'correct horse battery';

export type Page = Response;
export interface Visitor {
  readonly token: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Page>;
  post(path: string, fields?: Readonly<Record<string, string | readonly string[]>>): Promise<Page>;
}

interface Beside {
  readonly plugins?: NonNullable<HelpdeskConfig['plugins']>;
  /** Then all of them can be switched, and these are on. */
  readonly on?: readonly string[];
  readonly url?: string;
}

/** A desk with surveys, segments and letters that go nowhere, and what tests do with it. */
export async function startSurveysDesk(
  engine: Engine = 'sqlite',
  language: 'ru' | 'en' = 'en',
  { plugins: more = [], on = [], url }: Beside = {},
) {
  const post = await makePost();
  const how = on.length === 0 ? { enabled: true } : {};
  const own = [workspace(), post.plugin, routing({}, how), surveys({}, how)];
  const plugins = [...own, ...more];
  const desk = await startTestDesk({ engine, language, config: { plugins, ...(url ? { url } : {}) } });
  for (const plugin of on) {
    // A migration keeps a copy that is named after the moment.
    desk.clock.pass(1000);
    await desk.app.switchPlugin(plugin, true, system);
  }
  // A follower begins with what happens after it was first seen.
  await desk.drain();
  const accounts = new Map<string, number>();
  for (const channel of ['mail', 'chat']) {
    const made = { channel, lineId: 1, name: channel, address: `help@${channel}.example`, config: {} };
    accounts.set(channel, await addAccount(desk.app, { ...made, actor: system }));
  }
  return {
    desk,
    post,
    ...toolsOf(desk, { post, accounts }),
    async close() {
      await desk.close();
      await post.close();
    },
  };
}
export type SurveysDesk = Awaited<ReturnType<typeof startSurveysDesk>>;

function toolsOf(desk: TestDesk, { post, accounts }: { post: Post; accounts: ReadonlyMap<string, number> }) {
  const { app } = desk;
  let count = 0;
  const tools = {
    /** A survey that is on. */
    async survey(kind: Kind = 'csat', given: Partial<Definition> & { name?: string } = {}): Promise<number> {
      const { name = 'How it was', ...more } = given;
      const definition: Definition = {
        question: { ru: 'Как вам ответ?', en: 'How was our answer?' },
        thanks: { ru: 'Ответ дошёл', en: 'It has reached us' },
        trigger: 'solved',
        replies: 1,
        delayHours: 4,
        delayKind: 'calendar',
        lineIds: [],
        types: [],
        segmentIds: [],
        languages: [],
        validDays: 14,
        threshold: scaleOf(kind).bad,
        isAlerting: true,
        opensFollowUp: false,
        ...more,
      };
      const surveyId = await saveSurvey(app, { name, kind, definition, actor: system });
      await switchSurvey(app, { surveyId, isOn: true, actor: system });
      return surveyId;
    },
    async contact(name: string, more: { language?: 'ru' | 'en'; kind?: string } = {}): Promise<number> {
      const { language = null, kind = 'email' } = more;
      const identities = [{ kind, value: `${name.toLowerCase()}@client.example` }];
      const contactId = await createContact(app, { name, identities, actor: system });
      await changeContact(app, { contactId, fields: { language }, actor: system });
      return contactId;
    },
    /** A letter comes in. */
    async letter(
      contactId: number,
      more: { channel?: string; auto?: 'auto' | 'bounce' | null; ticketId?: number; text?: string } = {},
    ): Promise<number> {
      count += 1;
      const { channel = 'mail', auto = null, ticketId = null, text = 'It is cold' } = more;
      const outcome = await receiveMessage(app, {
        account: { id: accounts.get(channel) ?? 0, channel, lineId: 1 },
        from: { contactId },
        ticketId,
        message: {
          externalId: `<${count}@client.example>`,
          fingerprint: `${count}`,
          writtenAt: null,
          subject: 'Boiler <b>',
          text,
          quote: '',
          html: null,
          htmlVersion: null,
          participants: {},
          attachments: [],
          auto,
          flags: [],
        },
        evidence: [],
      });
      return outcome.ticketId;
    },
    async solved(contactId: number): Promise<number> {
      const ticketId = await tools.letter(contactId);
      await solveTicket(app, { ticketId, actor: { kind: 'agent', id: desk.owner.id } });
      await desk.drain();
      return ticketId;
    },
    /** An answer of the owner's. */
    async answer(ticketId: number): Promise<void> {
      await answerTicket(app, {
        ticketId,
        agentId: desk.owner.id,
        text: 'Look again',
        to: [{ name: '', kind: 'email', value: 'ann@client.example' }],
        actor: { kind: 'agent', id: desk.owner.id },
      });
      await desk.drain();
    },
    /** The clock moves on and what is due by then runs. */
    async pass(hours: number): Promise<void> {
      desk.clock.pass(hours * HOUR + 60_000);
      await desk.drain();
    },
    invitation: async (ticketId: number): Promise<InvitationRecord | undefined> =>
      app.db('surveys_invitations').where({ ticketId }).first(),
    /** The path of the newest letter's link. */
    link: (): string => /\/surveys\/[\w.-]+(?=\?score)/.exec(post.mails.at(-1)?.text ?? '')?.[0] ?? '',
    /** The path under which its customer asks not to be asked any more. */
    stopLink: (): string => /\/surveys\/stop\/[\w.-]+/.exec(post.mails.at(-1)?.text ?? '')?.[0] ?? '',
    async person(name: string, more: Partial<Parameters<typeof addAgent>[1]> = {}) {
      const email = `${name.toLowerCase()}@helpdesk.example`;
      const made = await addAgent(app, { name, email, password, role: 'agent', actor: system, ...more });
      if (!made.ok) throw new Error(made.because);
      return { id: made.agent.id, email, password };
    },
    visit: (account?: { email: string; password: string }) => visit(desk, account),
    /** What a customer does: opens the link, chooses, sends. */
    async respond(link: string, fields: Readonly<Record<string, string>>): Promise<Page> {
      const customer = await visit(desk);
      return customer.post(link, { seal: sealIn(await (await customer.get(link)).text()), ...fields });
    },
  };
  return tools;
}

export const sealIn = (html: string): string => /name="seal" value="([^"]+)"/.exec(html)?.[1] ?? '';

/** A browser, signed in with an account or a stranger's. It follows no redirect. */
async function visit(desk: TestDesk, account?: { email: string; password: string }): Promise<Visitor> {
  const session = account && (await signIn(desk.app, { ...account, ip: '127.0.0.1', device: 'test' }));
  if (session && !session.ok) throw new Error(session.because);
  const token = session?.ok ? session.token : '';
  const headers = { cookie: `hd=${token}`, accept: 'text/html', 'sec-fetch-site': 'same-origin' };
  const ask = (path: string, more: RequestInit) =>
    fetch(new URL(path, desk.url), { redirect: 'manual', headers, ...more });
  return {
    token,
    get: (path, more = {}) => ask(path, { headers: { ...headers, ...more } }),
    post(path, fields = {}) {
      const body = new URLSearchParams(
        Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
      );
      return ask(path, { method: 'POST', body });
    },
  };
}

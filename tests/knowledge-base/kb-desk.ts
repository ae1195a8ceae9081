import { addAgent, createRole, signIn, type Actor, type Engine } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { knowledgeBase } from '@helpdesk/plugin-knowledge-base';
import type { Plugin } from '../../core/config/plugin.js';
import type { Language, Visibility, Written } from '../../plugins/knowledge-base/articles/article.js';
import { publishText } from '../../plugins/knowledge-base/articles/publish-text.js';
import { saveArticle } from '../../plugins/knowledge-base/articles/save-article.js';
import { saveCategory } from '../../plugins/knowledge-base/categories/save-category.js';

export const system: Actor = { kind: 'system', id: 'test', door: 'test' };
const password = 'correct horse battery';
const MARK = 'AAAAAAAAAAAAAAAAAAAAAA';

export interface Visit {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  text(path: string): Promise<string>;
  post(path: string, fields?: Readonly<Record<string, string>>): Promise<Response>;
  send(path: string, form: FormData): Promise<Response>;
}

interface Given {
  articleId?: number;
  language?: Language;
  visibility?: Visibility;
  categoryId?: number;
  written?: Partial<Written>;
  slug?: string;
  madeFrom?: number | null;
  /** Only a draft. */
  isDraft?: boolean;
}

/** A desk with articles, and what tests do with it. */
export async function startKbDesk({
  engine = 'sqlite',
  language = 'en',
  plugins = [],
}: { engine?: Engine; language?: 'ru' | 'en'; plugins?: readonly Plugin[] } = {}) {
  const desk = await startTestDesk({
    engine,
    language,
    config: {
      plugins: [workspace(), knowledgeBase({}, { enabled: true }), ...plugins],
      languages: language === 'ru' ? ['ru', 'en'] : ['en', 'ru'],
    },
  });
  const { app } = desk;
  const categoryId = await saveCategory(app, {
    parentId: null,
    nameRu: 'Котлы',
    nameEn: 'Boilers',
    slug: 'boilers',
  });
  const agentId = desk.owner.id;
  return {
    desk,
    app,
    categoryId,
    agentId,
    /** An article, published unless said otherwise. @returns ids and address */
    async article(title: string, given: Given = {}) {
      const { language: inLanguage = 'en', isDraft = false, madeFrom = null, slug = '' } = given;
      const saved = await saveArticle(app, {
        ...(given.articleId === undefined ? {} : { articleId: given.articleId }),
        language: inLanguage,
        categoryId: given.categoryId ?? categoryId,
        visibility: given.visibility ?? 'public',
        written: { title, summary: '', body: 'Words', ...given.written },
        slug,
        madeFrom,
        expectedVersion: 0,
        agentId,
        actor: system,
      });
      const { articleId, textId, version } = saved;
      if (!isDraft)
        await publishText(app, {
          articleId,
          language: inLanguage,
          expectedVersion: version,
          note: '',
          agentId,
          actor: system,
        });
      const row: { slug: string } = await app.db('kb_texts').where({ id: textId }).first('slug');
      return { ...saved, slug: row.slug, path: `/help/boilers/${row.slug}` };
    },
    /** An agent with some permissions and no others. */
    async person(name: string, permissions: readonly string[]) {
      const role = await createRole(app, { name: `${name}'s`, permissions: [...permissions], actor: system });
      const key = role.ok ? role.role.key : '';
      const email = `${name.toLowerCase()}@helpdesk.example`;
      const made = await addAgent(app, { name, email, password, role: key, actor: system });
      if (!made.ok) throw new Error(made.because);
      return visit(desk, `hd=${await tokenOf(desk, { email, password })}`);
    },
    owner: async () => visit(desk, `hd=${await tokenOf(desk, desk.owner)}`),
    ownerToken: () => tokenOf(desk, desk.owner),
    /** A browser of a customer. `mark` tells browsers apart. */
    customer: (mark = MARK, cookies = '') => visit(desk, `hd-browser=${mark}${cookies && `; ${cookies}`}`),
    settled: () => desk.drain(),
    close: () => desk.close(),
  };
}
export type KbDesk = Awaited<ReturnType<typeof startKbDesk>>;

async function tokenOf({ app }: TestDesk, account: { email: string; password: string }): Promise<string> {
  const signed = await signIn(app, { ...account, ip: '127.0.0.1', device: 'test' });
  if (!signed.ok) throw new Error(signed.because);
  return signed.token;
}

/** It follows no redirect. */
function visit(desk: TestDesk, cookie: string): Visit {
  const headers = { cookie, accept: 'text/html', 'sec-fetch-site': 'same-origin' };
  const ask = (path: string, more: RequestInit = {}) =>
    fetch(new URL(path, desk.url), { redirect: 'manual', headers, ...more });
  return {
    get: (path, more = {}) => ask(path, { headers: { ...headers, ...more } }),
    text: async (path) => (await ask(path)).text(),
    post: (path, fields = {}) => ask(path, { method: 'POST', body: new URLSearchParams(fields) }),
    send: (path, body) => ask(path, { method: 'POST', body }),
  };
}

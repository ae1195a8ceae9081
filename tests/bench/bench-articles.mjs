import { knowledgeBase } from '@helpdesk/plugin-knowledge-base';
import { ask, isQuick, measure } from './measuring.mjs';
import { questions, seedArticles } from './seed-articles.mjs';
import { startDesk } from './start-desk.mjs';

const ARTICLES = 5000;

export const atDesk = {
  plugins: () => [knowledgeBase({}, { enabled: true })],
  seed: (app) => seedArticles(app, { articles: ARTICLES }),
};

/** The page of a search as a visitor who has not signed in sees it. */
export async function benchArticles(engine) {
  const desk = await startDesk(engine, 1000, 'articles');
  const asked = questions(50);
  let found = 0;
  try {
    await measure(
      'search over 5,000 articles',
      { pid: desk.pid, target: 5, extra: { engine, tickets: 1000 } },
      isQuick ? 100 : 300,
      async (i) => {
        const path = `/help/search?q=${encodeURIComponent(asked[i % asked.length])}`;
        // A visitor has a budget of pages a minute; these are many.
        const { status, body } = await ask(desk.port, { path, from: `10.1.${i % 250}.1` });
        if (status !== 200) throw new Error(`${path}: ${status} ${body.slice(0, 300)}`);
        if (/\/help\/category-\d+\/article-/.test(body)) found += 1;
      },
    );
    if (found === 0) throw new Error('nothing was found');
  } finally {
    await desk.stop();
  }
}

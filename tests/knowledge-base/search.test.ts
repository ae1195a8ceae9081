import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSample } from '../../plugins/knowledge-base/sample/sample-command.js';
import { publishText, withdrawText } from '../../plugins/knowledge-base/articles/publish-text.js';
import { searchArticles } from '../../plugins/knowledge-base/search/search-articles.js';
import { suggestArticles } from '../../plugins/knowledge-base/search/suggest-articles.js';
import { startKbDesk, system, type KbDesk } from './kb-desk.js';

describe.each(testEngines)('finding articles on %s', (engine) => {
  let at: KbDesk;
  beforeAll(async () => {
    at = await startKbDesk({ engine, language: 'ru' });
    await writeSample(at.app, at.agentId);
  });
  afterAll(() => at?.close());

  const find = async (query: string, language: 'ru' | 'en' = 'ru') =>
    (await searchArticles(at.app, { query, language, scope: ['public'] })).found.map(({ title }) => title);
  const suggest = async (subject: string, text = '', language: 'ru' | 'en' = 'ru') =>
    (await suggestArticles(at.app, { subject, text, language, scope: ['public'] })).map(({ title }) => title);

  it.each([
    ['термостаты', 'Термостат не видит котёл'],
    ['прошивку откатить', 'Откат прошивки TD-120 до версии 2.3.7'],
    ['td-120', 'Откат прошивки TD-120 до версии 2.3.7'],
    ['Как мне вернуть обогреватель, который не подошёл?', 'Как вернуть или обменять товар'],
    ['котел', 'Термостат не видит котёл'],
    ['голосов', 'Как подключить термостат к голосовому помощнику'],
    ['мощность обогревателя', 'Какой мощности взять обогреватель'],
  ])('«%s»: %s', async (query, title) => expect((await find(query)).slice(0, 3)).toContain(title));

  it('looks in the language of the reader first, in the other one else', async () => {
    expect(await find('warranty repair', 'en')).toContain('Repair under warranty: what to do');
    expect(await find('warranty repair', 'ru')).toContain('Repair under warranty: what to do');
    expect(await find('гарантия', 'en')).toContain('Гарантийный ремонт: что делать');
  });

  it('finds nothing where there is nothing, and does not mind signs', async () => {
    expect(await find('велосипед')).toEqual([]);
    expect(await find('')).toEqual([]);
    for (const query of ['"', "' OR 1=1 --", 'a* NEAR(b)', ':*', '\\', '& | !', '-', '(((', 'title:x', '🙂'])
      expect(await find(query)).toBeInstanceOf(Array);
  });

  it('shows nobody what is not for them', async () => {
    expect(await find('менять без проверки')).not.toContain('Внутреннее: когда менять без проверки');
    const colleague = await searchArticles(at.app, {
      query: 'менять без проверки',
      language: 'ru',
      scope: null,
    });
    expect(colleague.found[0]?.title).toBe('Внутреннее: когда менять без проверки');
  });

  it('suggests what is near to a letter, rarer words first, and nothing when nothing is near', async () => {
    expect(
      await suggest(
        'Проблема',
        'Здравствуйте! После обновления прошивки термостат теряет связь, как откатить?',
      ),
    ).toContain('Откат прошивки TD-120 до версии 2.3.7');
    expect(
      (await suggest('Return', 'I want my money back for the heater, how do I return it?', 'en'))[0],
    ).toBe('Return or exchange an item');
    expect(await suggest('Привет', 'Спасибо, до свидания')).toEqual([]);
    expect(await suggest('', '')).toEqual([]);
  });

  it('follows what is published: a draft is not found, an old version no more', async () => {
    const { articleId } = await at.article('Жирафы', { language: 'ru', isDraft: true });
    expect(await find('жираф')).toEqual([]);
    const published = { articleId, language: 'ru', note: '', agentId: at.agentId, actor: system } as const;
    await publishText(at.app, { ...published, expectedVersion: 1 });
    expect(await find('жирафов')).toEqual(['Жирафы']);
    await withdrawText(at.app, published);
    expect(await find('жирафов')).toEqual([]);
    const left: unknown = await at.app
      .db('kb_stems')
      .where('stem', 'like', 'жираф%')
      .where('texts', '>', 0)
      .first();
    expect(left).toBeUndefined();
  });
});

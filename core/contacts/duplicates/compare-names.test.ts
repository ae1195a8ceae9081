import { describe, expect, it } from 'vitest';
import { compareNames } from './compare-names.js';
import { contactKeys } from './contact-keys.js';
import { spellName } from './spell-name.js';

describe('a name', () => {
  it.each([
    ['Иван Петров', 'Ivan Petrov'],
    ['Юлия Щукина', 'Yuliya Shchukina'],
    ['Дмитрий Жуков', 'Dmitry Zhukov'],
    ['Фёдор Соловьёв', 'Fyodor Solovyov'],
    ['Александр Хакимов', 'Alexander Khakimov'],
    ['Евгений Цой', 'Yevgeny Tsoy'],
    ['Сергей Ельцин', 'Sergey Yeltsin'],
    ['Наталья Ильина', 'Natalia Ilyina'],
    ['Анна Объедкова', "Anna Ob'edkova"],
    ['Виктор', 'Victor'],
    ['Олександр Ґалаган', 'Oleksandr Galagan'],
    ['José Müller', 'Jose Muller'],
  ])('%s is also %s', (one, other) => {
    expect(spellName(one)).toEqual(spellName(other));
    expect(compareNames(one, other)).toBe('spelling');
  });

  it('is compared without order, case and patronymic', () => {
    expect(compareNames('Петров Иван Сергеевич', 'ivan petrov')).toBe('spelling');
    expect(compareNames('Анна Ивановна Лихачёва', 'Лихачева Анна')).toBe('spelling');
    expect(compareNames('Роман Аркадьевич Абрамович', 'Roman Abramovich')).toBe('spelling');
    expect(compareNames('Ann Lind', ' ann lind')).toBe('name');
  });

  it('that is an address is what stands before the @', () => {
    expect(compareNames('ivan.petrov@firm.example', 'Иван Петров')).toBe('spelling');
    expect(compareNames('info@firm.example', 'info@other.example')).toBe('spelling');
    expect(compareNames('info@firm.example', 'sales@firm.example')).toBeUndefined();
  });

  it.each([
    ['И. Петров', 'Ivan Petrov'],
    ['Иван', 'Ivan Petrov'],
    ['Ivan Petrov', 'Ivan Petrof'],
    ['Ivan Petrov', 'Ivna Petrov'],
    ['Anna Maria Lind', 'Anna Lind'],
  ])('%s is like %s', (one, other) => {
    expect(compareNames(one, other)).toBe('similar');
    expect(compareNames(other, one)).toBe('similar');
  });

  it.each([
    ['Ivan Petrov', 'Igor Petrov'],
    ['Ivan Petrov', 'Ivan Sidorov'],
    ['И. Петров', 'Ольга Петрова'],
    ['I. P.', 'Ivan Petrov'],
    ['Ann', 'Ana Bo'],
    ['', 'Ivan'],
    ['Client 12', 'Client 13'],
    ['Klient12', 'Klient13'],
  ])('%s is not %s', (one, other) => {
    expect(compareNames(one, other)).toBeUndefined();
  });
});

describe('the keys of a contact', () => {
  const keys = (name: string, ...identities: string[]) =>
    contactKeys({
      name,
      identities: identities.map((text) => {
        const [kind = '', normalised = ''] = text.split(' ');
        return { kind, normalised };
      }),
      organizationIds: [],
    });

  it('are one for a number in every notation and by every messenger', () => {
    for (const number of ['phone +79123456789', 'whatsapp 79123456789', 'viber 89123456789'])
      expect(keys('', number)).toEqual(['phone:9123456789']);
    expect(keys('', 'telegram 5123456789', 'phone +7912')).toEqual([]);
  });

  it('are one for a mailbox, whatever its provider ignores', () => {
    expect(keys('', 'email i.van+shop@googlemail.com')).toEqual(keys('', 'email ivan@gmail.com'));
    expect(keys('', 'email ivan.p@ya.ru')).toEqual(keys('', 'email ivan-p@yandex.ru'));
    expect(keys('', 'email i.van@firm.example')).not.toEqual(keys('', 'email ivan@firm.example'));
    expect(keys('', 'email +shop@firm.example')).toEqual(['mailbox:+shop@firm.example']);
  });

  it('join words of the name with domains of companies and with organizations, and with nobody’s domain', () => {
    expect(keys('Иван Петров', 'email i@firm.example')).toContain('at:petrov@firm.example');
    expect(keys('Иван Петров', 'email i@mail.ru').filter((key) => key.startsWith('at:'))).toEqual([]);
    expect(contactKeys({ name: 'I. Petrov', identities: [], organizationIds: [3] })).toEqual([
      'name:i petrov',
      'in:petrov@3',
    ]);
  });

  it('are not endless', () => {
    const many = Array.from({ length: 500 }, (_, n) => `email a@d${n}.example`);
    expect(keys('Ivan Petrov', ...many).length).toBeLessThanOrEqual(60);
    expect(spellName('ы'.repeat(100_000)).join('').length).toBeLessThan(300);
  });
});

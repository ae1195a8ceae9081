import { describe, expect, it } from 'vitest';
import { contactFields, hatFields, isColumn, joinColumn, organizationFields } from './columns.js';
import { guessColumns } from './guess-columns.js';
import { headerOf } from './header-of.js';
import { createTexts } from '../../i18n/create-texts.js';

const contacts = (...headers: string[]) => guessColumns('contacts', headers);

describe('the meaning of columns', () => {
  it('is told by their headers in Russian', () => {
    expect(
      contacts(
        '№',
        'ФИО',
        'Эл. почта',
        'Моб. телефон',
        'Телефон 2',
        'Компания',
        'Сайт',
        'Должность',
        'Примечание',
      ),
    ).toEqual([null, 'name', 'email', 'phone', 'phone', 'organization', 'domain', 'title', 'note']);
  });

  it('is told by their headers in English', () => {
    expect(
      contacts('ID', 'First Name', 'LAST_NAME', 'E-mail', 'email2', 'Company', 'Role', 'Company 2', 'role 2'),
    ).toEqual([
      'external',
      'firstName',
      'lastName',
      'email',
      'email',
      'organization',
      'role',
      'organization:2',
      'role:2',
    ]);
  });

  it('is a first name beside a surname', () => {
    expect(contacts('Фамилия', 'Имя', 'Отчество')).toEqual(['lastName', 'firstName', 'middleName']);
    expect(contacts('Имя')).toEqual(['name']);
  });

  it('is taken once, unless there may be several', () => {
    expect(contacts('Name', 'Full name', 'Phone', 'Mobile')).toEqual(['name', null, 'phone', 'phone']);
    expect(guessColumns('organizations', ['Название', 'Сайт', 'Телефон'])).toEqual(['name', 'domain', null]);
  });

  it('is known again of every header that an export writes, in both languages', () => {
    const texts = createTexts(['en', 'ru']);
    texts.addTexts('core', new URL('../../i18n', import.meta.url).pathname);
    for (const language of ['en', 'ru']) {
      const words = (key: string) => texts.t(language, key);
      const parts = ['lastName', 'firstName', 'middleName'];
      const columns = [
        ...contactFields.filter((field) => !parts.includes(field)),
        ...hatFields.map((field) => joinColumn(field, 12)),
      ];
      expect(
        guessColumns(
          'contacts',
          columns.map((column) => headerOf(words, column)),
        ),
      ).toEqual(columns);
      expect(
        guessColumns(
          'contacts',
          parts.map((column) => headerOf(words, column)),
        ),
      ).toEqual(parts);
      const own = organizationFields.map((column) => headerOf(words, column));
      expect(guessColumns('organizations', own)).toEqual([...organizationFields]);
    }
  });

  it('is nothing but a field', () => {
    for (const column of [
      '',
      'name:2',
      'title:1',
      'title:0',
      'title:x',
      'title:61',
      'constructor',
      '__proto__',
    ])
      expect(isColumn('contacts', column), column).toBe(false);
    expect(isColumn('organizations', 'email')).toBe(false);
    expect(isColumn('contacts', 'title:2')).toBe(true);
  });
});

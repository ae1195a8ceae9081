import { fold } from '../../database/search/words.js';
import { findTwice, hatFields, identityFields, isColumn, joinColumn, type Column } from './columns.js';
import type { CsvSubject } from './csv-types.js';

// Headers without case, spaces and signs, as address books, shops and accounting write them.
const ofContacts: Readonly<Record<string, string>> = {
  id: 'helpdeskid',
  external:
    'externalid внешнийid внешнийкод код id code customerid clientid idклиента кодклиента номерклиента uid',
  name: 'name fullname displayname contact contactname customer customername client имя фио клиент контакт имяклиента имяконтакта полноеимя имяифамилия фамилияимя фамилияимяотчество контактноелицо абонент',
  lastName: 'lastname surname familyname фамилия',
  firstName: 'firstname givenname forename имябезфамилии',
  middleName: 'middlename additionalname patronymic отчество',
  email:
    'email emailaddress mail workemail homeemail personalemail primaryemail почта элпочта электроннаяпочта емейл емайл имейл мейл адресэлектроннойпочты адресэлпочты emailадрес рабочаяпочта личнаяпочта рабочийemail личныйemail',
  phone:
    'phone phonenumber telephone telephonenumber tel mobile mobilephone mobilenumber cell cellphone workphone homephone businessphone primaryphone телефон тел номертелефона мобильный мобильныйтелефон моб сотовый сотовыйтелефон рабочийтелефон домашнийтелефон контактныйтелефон мобтелефон рабтелефон номер',
  telegram: 'telegram tg телеграм телеграмм',
  language: 'language lang locale язык',
  timeZone: 'timezone tz часовойпояс',
  note: 'note notes comment comments description заметка заметки примечание примечания комментарий комментарии описание',
  organization:
    'organization organisation organizationname company companyname account accountname employer организация компания фирма юрлицо предприятие контрагент названиеорганизации названиекомпании наименованиеорганизации работодатель местоработы',
  domain:
    'domain organizationdomain companydomain website webpage site url сайт домен доменорганизации доменкомпании сайторганизации сайткомпании',
  role: 'role роль рольворганизации',
  title: 'title jobtitle position job должность',
};
const ofOrganizations: Readonly<Record<string, string>> = {
  id: 'helpdeskid',
  name: `name имя название наименование ${ofContacts['organization'] ?? ''}`,
  domain: ofContacts['domain'] ?? '',
  note: ofContacts['note'] ?? '',
};

const byHeader = (words: Readonly<Record<string, string>>) =>
  new Map(Object.entries(words).flatMap(([field, all]) => all.split(' ').map((word) => [word, field])));
const known = { contacts: byHeader(ofContacts), organizations: byHeader(ofOrganizations) };

/** What the columns mean, by their headers in Russian and English; null where nothing is known or it is taken. */
export function guessColumns(subject: CsvSubject, headers: readonly string[]): Column[] {
  const guessed: Column[] = [];
  const hasSurname = headers.some((header) => guessOne('contacts', header) === 'lastName');
  for (const header of headers) {
    const column = guessOne(subject, header);
    const named = column === 'name' && hasSurname && isFirstName(header) ? 'firstName' : column;
    guessed.push(findTwice([...guessed, named]) === undefined ? named : null);
  }
  return guessed;
}

// Beside a surname this word means the first name alone.
const isFirstName = (header: string) => ['имя', 'name'].includes(plain(header));

function guessOne(subject: CsvSubject, header: string): Column {
  const [, text = '', number] = /^(.*?)(\d{0,2})$/su.exec(plain(header)) ?? [];
  const field = known[subject].get(text);
  if (field === undefined) return null;
  const group = number ? Number(number) : 1;
  if (identityFields.includes(field)) return field;
  const column = joinColumn(field, hatFields.includes(field) ? group : 1);
  return (group === 1 || hatFields.includes(field)) && isColumn(subject, column) ? column : null;
}

const plain = (header: string): string => fold(header).replaceAll(/[^\p{L}\p{N}]/gu, '');

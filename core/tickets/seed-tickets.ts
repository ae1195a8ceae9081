import type { Knex } from 'knex';

const statuses = [
  { key: 'new', category: 'new', ru: 'Новое', en: 'New' },
  { key: 'open', category: 'open', ru: 'Открыто', en: 'Open' },
  { key: 'waiting_customer', category: 'waiting_customer', ru: 'Ждём клиента', en: 'Waiting on customer' },
  { key: 'waiting_other', category: 'waiting_other', ru: 'Ждём других', en: 'Waiting on others' },
  { key: 'solved', category: 'solved', ru: 'Решено', en: 'Solved' },
  { key: 'closed', category: 'closed', ru: 'Закрыто', en: 'Closed' },
] as const;

const types = [
  { key: 'consultation', ru: 'Консультация', en: 'Question' },
  { key: 'problem', ru: 'Проблема', en: 'Problem' },
  { key: 'complaint', ru: 'Жалоба', en: 'Complaint' },
  { key: 'order', ru: 'Заказ', en: 'Order' },
  { key: 'warranty', ru: 'Гарантия', en: 'Warranty' },
  { key: 'post_warranty', ru: 'Постгарантийное обслуживание', en: 'Post-warranty service' },
  { key: 'documents', ru: 'Документы', en: 'Documents' },
] as const;

/** The statuses and types a company begins with, in its language; names can be changed, keys stay. */
export async function seedTickets(trx: Knex, language: 'ru' | 'en'): Promise<void> {
  const rows = statuses.map((status, position) => ({
    key: status.key,
    category: status.category,
    name: status[language],
    position,
    builtin: 1,
  }));
  await trx('statuses').insert(rows).onConflict('key').ignore();
  await trx('ticket_types')
    .insert(types.map((type, position) => ({ key: type.key, name: type[language], position })))
    .onConflict('key')
    .ignore();
}

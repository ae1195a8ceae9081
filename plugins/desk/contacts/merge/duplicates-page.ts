import {
  initialsOf,
  keepApart,
  isError,
  listDuplicates,
  type DeskContext,
  type DuplicateCursor,
  type DuplicatePair,
} from '@helpdesk/core';
import { pathId } from '../../admin/path-id.js';
import { aboutContacts } from './about-contacts.js';

const SIZE = 25;
const LIST = '/desk/contacts/duplicates';

/** Pairs that may be one person, strong ones first. */
export async function duplicatesPage(ctx: DeskContext): Promise<void> {
  const after = readPlace(ctx.query['after']);
  const found = await listDuplicates(ctx.db, { ...(after ? { after } : {}), limit: SIZE + 1 });
  const pairs = found.slice(0, SIZE);
  const about = await aboutContacts(
    ctx,
    pairs.flatMap(({ contactId, otherId }) => [contactId, otherId]),
  );
  const last = found.length > SIZE ? pairs.at(-1) : undefined;
  await ctx.render('desk/contact-duplicates', {
    pairs: pairs.map((pair) => presentPair(pair, about)),
    nextUrl: last && `${LIST}?after=${writePlace(last)}`,
    prevUrl: after && LIST,
  });
}

function presentPair(pair: DuplicatePair, about: ReadonlyMap<number, string>) {
  const { contactId, otherId, name, otherName, strength, reasons } = pair;
  const person = (id: number, words: string) => ({
    name: words,
    person: { name: words, initials: initialsOf(words) },
    about: about.get(id),
    href: `/desk/contacts/${id}`,
  });
  return {
    people: [person(contactId, name), person(otherId, otherName)],
    name,
    otherName,
    isStrong: strength === 'strong',
    reasons,
    mergeUrl: `/desk/contacts/${contactId}/merge/${otherId}`,
    apartUrl: `/desk/contacts/${contactId}/apart/${otherId}`,
  };
}

const writePlace = ({ strength, otherId, contactId }: DuplicateCursor) =>
  `${strength}.${otherId}.${contactId}`;

function readPlace(text: string | undefined): DuplicateCursor | undefined {
  const found = /^(strong|weak)\.([1-9]\d{0,14})\.([1-9]\d{0,14})$/.exec(text ?? '');
  if (!found) return undefined;
  const strength = found[1] === 'strong' ? 'strong' : 'weak';
  return { strength, otherId: Number(found[2]), contactId: Number(found[3]) };
}

/** Remembers that two are not one person, and goes back to where it was said. */
export async function sayDifferent(ctx: DeskContext): Promise<void> {
  const contactId = pathId(ctx);
  const { back } = await ctx.typed();
  try {
    await keepApart(ctx.app, { contactId, otherId: pathId(ctx, 'otherId'), actor: ctx.actor });
    ctx.flash({ text: ctx.t('desk.merge.keptApart') });
  } catch (error) {
    if (!isError(error, 'CONTACT_MERGED')) throw error;
    ctx.flash({ text: ctx.t('desk.merge.already'), tone: 'warn' });
  }
  ctx.redirect(back === 'list' ? LIST : `/desk/contacts/${contactId}`);
}

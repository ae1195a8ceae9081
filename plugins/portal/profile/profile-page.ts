import {
  changeContact,
  findContactCard,
  isTimeZone,
  listContactSessions,
  orNone,
  readAccess,
  timeZoneOptions,
  type VisitorContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { presentAddresses } from './present-addresses.js';

const Profile = z.object({
  name: z.string().trim().min(1).max(100),
  language: orNone(z.enum(['ru', 'en'])),
  timeZone: orNone(z.string().max(64).refine(isTimeZone, 'core.form.choice')),
  preferredChannel: orNone(z.string().max(40)),
});

/** Who the customer is for us: what they can change themselves, and where they are signed in. */
export async function profilePage(ctx: VisitorContext): Promise<void> {
  await showProfile(ctx);
}

export async function saveProfile(ctx: VisitorContext): Promise<void> {
  const form = await ctx.readForm(Profile);
  if (!form.ok) return showProfile(ctx, { typed: form.typed, problems: form.problems });
  const { contactId, actor } = ctx;
  const { preferredChannel } = form.value;
  const chosen = preferredChannel === null ? undefined : ctx.app.channels.get(preferredChannel);
  if (preferredChannel !== null && (!chosen || chosen.sendsNothing))
    return showProfile(ctx, { typed: await ctx.typed(), problems: { preferredChannel: 'core.form.choice' } });
  await changeContact(ctx.app, { contactId, fields: form.value, actor });
  // What stands in the profile from now on is newer than what was chosen for this visit.
  ctx.setCookie('hd-visit-language', null);
  ctx.flash({ text: ctx.t('portal.profile.saved'), tone: 'ok' });
  ctx.redirect('/profile');
}

interface Shown {
  readonly typed?: Readonly<Record<string, string>>;
  /** By field: text keys. */
  readonly problems?: Readonly<Record<string, string>>;
}

export async function showProfile(ctx: VisitorContext, { typed, problems = {} }: Shown = {}): Promise<void> {
  const { db, app, visitor, contactId, now, t } = ctx;
  const [{ contact, identities }, sessions, access] = await Promise.all([
    findContactCard(db, contactId),
    listContactSessions(db, { contactId, now }),
    readAccess(db, contactId),
  ]);
  const values: Readonly<Record<string, string | null>> = typed ?? {
    name: contact.name,
    language: contact.language,
    timeZone: contact.timeZone,
    preferredChannel: contact.preferredChannel,
  };
  const error = (name: string) => (problems[name] ? t(problems[name]) : undefined);
  const choice = (name: string, options: readonly { value: string; label: string }[], none: string) =>
    [{ value: '', label: t(none) }, ...options].map((option) => ({
      ...option,
      selected: option.value === (values[name] ?? ''),
    }));
  const kinds = new Set(identities.map(({ kind }) => kind));
  // What they can be answered by; nothing is sent by these pages themselves.
  const ways = [...app.channels.values()].filter(
    ({ sendsNothing, identityKind }) => !sendsNothing && kinds.has(identityKind),
  );
  const isWrong = Object.keys(problems).length > 0;
  await ctx.render(
    'portal/profile',
    {
      name: { value: values['name'] ?? '', error: error('name') },
      languages: choice(
        'language',
        app.company.languages.map((value) => ({ value, label: t(`portal.language.${value}`) })),
        'portal.profile.asCompany',
      ),
      zones: choice('timeZone', timeZoneOptions(ctx, values['timeZone'] ?? ''), 'portal.profile.asCompany'),
      zoneError: error('timeZone'),
      ways:
        ways.length > 1
          ? choice(
              'preferredChannel',
              ways.map(({ id, title }) => ({ value: id, label: t(title) })),
              'portal.profile.anyWay',
            )
          : undefined,
      wayError: error('preferredChannel'),
      addresses: presentAddresses(ctx, identities),
      address: { value: typed?.['address'] ?? '', error: error('address') },
      hasPassword: access.hasPassword,
      passwordError: error('password'),
      sessions: sessions.map((session) => ({ ...session, isCurrent: session.id === visitor.sessionId })),
      hasOthers: sessions.length > 1,
      errors: Object.keys(problems).map((name) => ({
        id: `f-${name}`,
        label: t(`portal.profile.${name}`),
        message: error(name),
      })),
    },
    { status: isWrong ? 422 : 200 },
  );
}

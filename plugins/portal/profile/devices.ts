import { endContactSessions, type VisitorContext } from '@helpdesk/core';
import { z } from 'zod';

const Ended = z.object({ sessionId: z.coerce.number().int().optional() });

/** Signs the customer out on one other device, or on all others. */
export async function endDevices(ctx: VisitorContext): Promise<void> {
  const { sessionId } = await ctx.form(Ended);
  const { contactId, visitor, actor } = ctx;
  await endContactSessions(ctx.app, {
    contactId,
    except: visitor.sessionId,
    actor,
    ...(sessionId === undefined ? {} : { sessionId }),
  });
  ctx.flash({ text: ctx.t('portal.profile.ended'), tone: 'ok' });
  ctx.redirect('/profile');
}

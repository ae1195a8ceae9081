import { createLimiter, errors, type PortalContext } from '@helpdesk/core';
import { z } from 'zod';
import { pathOf } from '../articles/visible.js';
import { articleOf, showArticle } from './article-page.js';
import { rateArticle } from './rate-article.js';
import type { Services } from './reader.js';

const Rating = z.object({
  helpful: z.enum(['yes', 'no']),
  comment: z.string().trim().max(2000, 'core.form.tooLong').optional(),
});

const limiter = createLimiter({ points: 60, windowMs: 3_600_000, most: 10_000 });

/** Whether the article helped, and what was missing. Only a form says it, never a link: programs follow links. */
export async function helpfulPage(ctx: PortalContext, services: Services): Promise<void> {
  const { text, reader } = await articleOf(ctx, services);
  const form = await ctx.readForm(Rating);
  if (!form.ok) {
    if (!form.problems['comment']) throw errors.FORM_INVALID({ problems: form.problems });
    return showArticle(ctx, {
      text,
      reader,
      asked: { problems: form.problems, comment: form.typed['comment'] ?? '' },
    });
  }
  const { helpful, comment } = form.value;
  const path = pathOf(text);
  const done = (rated: string) => ctx.redirect(`${path}?rated=${rated}#helpful`);
  // Who keeps no mark could say it any number of times, an agent who looks as a customer says nothing for him.
  if (reader.key !== null && limiter.take(ctx.ip, ctx.now) === 0)
    await rateArticle(ctx.app, {
      text,
      reader: reader.key,
      isHelpful: helpful === 'yes',
      comment,
      actor: ctx.actor,
    });
  done(helpful === 'yes' ? 'yes' : comment === undefined ? 'no' : 'told');
}

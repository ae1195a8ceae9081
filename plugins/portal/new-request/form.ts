import { many, ticked } from '@helpdesk/core';
import { z } from 'zod';

const optional = z.string().max(100).default('');

/** A new request as it was sent. */
export const NewRequest = z
  .object({
    subject: z.string().trim().min(1).max(200),
    text: z.string().trim().min(1).max(50_000),
    type: optional,
    hat: z.string().max(100).optional(),
    line: optional,
    kept: many(z.string().max(4000)),
    /** Articles were suggested, and it is to be sent all the same. */
    anyway: ticked(),
    _once: z.string().max(100).optional(),
  })
  .transform(({ _once: once, ...rest }) => ({ ...rest, once }));
export type NewRequest = z.infer<typeof NewRequest>;

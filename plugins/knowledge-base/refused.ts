import { errors } from '@helpdesk/core';

/** What cannot be done, in words of the person who wanted it. @param because a text key */
export const refused = (because: string): Error =>
  errors.ACTION_REFUSED({ plugin: 'knowledge-base', because });

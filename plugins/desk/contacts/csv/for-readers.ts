import { errors, type DeskContext } from '@helpdesk/core';

/** A page for those who may also read contacts: what it answers tells whose an address is. @throws PERMISSION_MISSING */
export function forReaders(handler: (ctx: DeskContext) => Promise<void>) {
  return (ctx: DeskContext): Promise<void> => {
    if (!ctx.can('contacts.read')) throw errors.PERMISSION_MISSING({ permission: 'contacts.read' });
    return handler(ctx);
  };
}

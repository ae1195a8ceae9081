import { errors, type DeskContext } from '@helpdesk/core';

type Handler = (ctx: DeskContext) => Promise<void>;

/** The journals hold mail, events and work of every line: nothing for those who see some lines only. */
export const ofAllLines =
  (work: Handler): Handler =>
  async (ctx) => {
    if (ctx.viewer.lineIds !== 'all') throw errors.PERMISSION_MISSING({ permission: 'all lines' });
    return work(ctx);
  };

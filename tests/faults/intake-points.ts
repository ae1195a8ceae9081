/** Where a desk that takes mail in can be killed or made to hang, in the order of the way. */
export const intakePoints = [
  'intake.beforeSpool',
  'intake.afterSpool',
  'intake.beforeCommit',
  'intake.afterCommit',
  'imap.afterFetch',
  'imap.beforeStore',
  'imap.afterStore',
  'intake.beforeParse',
  'intake.afterParse',
  'intake.beforeDeliver',
  'receive.afterTicket',
  'receive.afterMessage',
  'intake.afterDeliver',
] as const;

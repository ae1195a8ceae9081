const REPLY = /^\s*(?:(?:re|fwd?|aw|wg|sv|vs|antw|отв|пер|ha)(?:\[\d+\])?\s*:|\[[^\]]{1,40}\])\s*/iu;

/** A subject without what replies and forwards put before it, as it is compared; '' when nothing is left. */
export function plainSubject(subject: string | null): string {
  let rest = (subject ?? '').slice(0, 1000);
  for (let found = REPLY.exec(rest); found; found = REPLY.exec(rest)) rest = rest.slice(found[0].length);
  return rest.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

import type { Links } from '@helpdesk/core';
import { z } from 'zod';
import { KeptFile } from './kept-file.js';

const Sealed = z.object({ visitor: z.string(), accountId: z.number(), file: KeptFile });
type Sealed = z.infer<typeof Sealed>;

/** A message that waits for a connection brings its files still after so long. */
const DAYS = 7;

/** A file that came before its message: the page carries this along, and cannot name a file that is not its own. */
export const sealFile = (links: Links, sealed: Sealed): string => links.seal(sealed, { days: DAYS });

/** @returns undefined for one that is over, another visitor's, or none of ours */
export function openFile(
  links: Links,
  seal: string,
  { visitor, accountId }: Pick<Sealed, 'visitor' | 'accountId'>,
): KeptFile | undefined {
  try {
    const sealed = links.open(seal, Sealed);
    return sealed.visitor === visitor && sealed.accountId === accountId ? sealed.file : undefined;
  } catch {
    return undefined;
  }
}

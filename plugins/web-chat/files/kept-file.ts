import { z } from 'zod';

/** A file of a message, as the chat keeps it: its bytes lie in the desk's store. */
export const KeptFile = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  filename: z.string().max(200),
  contentType: z.string().max(200),
  size: z.number().int().min(0),
});
export type KeptFile = z.infer<typeof KeptFile>;

const MEGABYTE = 1024 * 1024;
/** Of one message, either way; as many as the portal takes. */
export const FILES_MOST = 10;
export const FILES_BYTES = 25 * MEGABYTE;
/** Of one that a visitor sends: each comes in a call of its own, and no call from outside is larger. */
export const FILE_BYTES = 10 * MEGABYTE - 64 * 1024;

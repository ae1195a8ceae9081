import { z } from 'zod';

/** The domain of an organization's mail; empty is none. */
export const domainField = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^$|^[\p{L}\p{N}](?:[\p{L}\p{N}-]*\.)+[\p{L}\p{N}-]{2,}$/u)
  .default('')
  .transform((domain) => domain || null);

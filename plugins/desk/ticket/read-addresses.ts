import { normaliseIdentity } from '@helpdesk/core';

/** Addresses as people type them, between commas, semicolons and spaces: those that are some, each once, and the rest. */
export function readAddresses(text: string): { right: string[]; wrong: string[] } {
  const right = new Set<string>();
  const wrong: string[] = [];
  for (const typed of text.split(/[\s,;]+/).filter(Boolean)) {
    const address = normaliseIdentity('email', typed);
    if (address === undefined) wrong.push(typed);
    else right.add(address);
  }
  return { right: [...right], wrong };
}

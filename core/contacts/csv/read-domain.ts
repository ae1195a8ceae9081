import { domainToASCII } from 'node:url';
import type { Cells } from './read-cells.js';

/** The domain in a cell, also of one that holds the address of a site; '' without one. */
export function readDomain(cells: Cells, column: string): string {
  const text = cells.text(column, 2000);
  if (!text) return '';
  const host = text
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^@|^www\./, '')
    .replace(/[/?#:].*$/su, '');
  const domain = domainToASCII(host);
  if (/^(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(domain)) return domain;
  cells.refuse(column, 'domain', text);
  return '';
}

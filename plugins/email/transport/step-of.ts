import type { MailTroubleCode } from './mail-trouble.js';

const BEFORE_TLS: MailTroubleCode[] = [
  'host-not-found',
  'refused',
  'timeout',
  'blocked-port',
  'connection-lost',
];
const IN_TLS: MailTroubleCode[] = ['tls-certificate', 'tls-unavailable'];

/** How far a connection came that ended in this trouble. */
export function stepOf(code: MailTroubleCode): 'connect' | 'tls' | 'sign-in' {
  if (BEFORE_TLS.includes(code)) return 'connect';
  return IN_TLS.includes(code) ? 'tls' : 'sign-in';
}

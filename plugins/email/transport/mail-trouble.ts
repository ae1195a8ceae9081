/** Why a mail server would not do what was asked, in kinds that a page can explain and help with. */
export type MailTroubleCode =
  | 'host-not-found'
  | 'refused'
  | 'timeout'
  | 'blocked-port'
  | 'connection-lost'
  | 'tls-certificate'
  | 'tls-required'
  | 'tls-unavailable'
  | 'wrong-password'
  | 'app-password-needed'
  | 'oauth-only'
  | 'imap-disabled'
  | 'folder-missing'
  | 'too-many-connections'
  | 'quota'
  | 'relay-denied'
  | 'unknown';

export interface MailTrouble {
  code: MailTroubleCode;
  /** The server's or the system's own words, one line, at most 500 characters, without the password. */
  raw: string;
}

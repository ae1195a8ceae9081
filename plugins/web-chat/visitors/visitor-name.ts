import type { HostApp } from '@helpdesk/core';

/** What the team calls somebody who has not said a name: by the beginning of their number, which tells them apart. */
export const visitorName = (
  { t, company }: Pick<HostApp, 't' | 'company'>,
  visitor: string,
  language: 'ru' | 'en' = company.language,
): string => t(language, 'web-chat.nameless', { id: visitor.slice(0, 4) });

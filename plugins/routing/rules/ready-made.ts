import type { HostApp } from '@helpdesk/core';
import type { Definition } from './definition.js';

/** Rules that are offered whole. They are opened in the editor, and stored by whoever finds them good. */
export const READY = ['acknowledge'] as const;
export type Ready = (typeof READY)[number];

/** In the company's language: it is its customers who read the text. */
export function readyMade(app: HostApp, _which: Ready): Definition {
  const { language } = app.company;
  const t = (key: string, values?: Readonly<Record<string, unknown>>) => app.t(language, key, values);
  // Places stay as they are; they are filled for each request.
  const text = t('routing.ready.acknowledge.letter', {
    number: '{{ticket.number}}',
    promise: '{{ticket.promise}}',
  });
  return {
    name: t('routing.ready.acknowledge.name'),
    triggers: [{ on: 'opened' }],
    conditions: {
      match: 'all',
      groups: [{ match: 'all', conditions: [{ field: 'message.isAutomatic', op: 'no', values: [] }] }],
    },
    actions: [{ kind: 'acknowledge', text }],
    stop: false,
  };
}

import type { App, Logger } from '@helpdesk/core';
import { z } from 'zod';
import { callGraph } from '../api/call-graph.js';
import type { BusinessNumber } from './number-of.js';
import { Listed, readTemplate, type WhatsAppTemplate } from './templates.js';

const Page = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ next: z.string().optional(), cursors: z.object({ after: z.string() }).optional() })
    .optional(),
});
const FRESH_MS = 3 * 60_000;
const PAGES_MOST = 10;

export type ListTemplates = (number: BusinessNumber) => Promise<readonly WhatsAppTemplate[]>;

/** Asks for a business's approved templates, at most every few minutes; while WhatsApp does not answer, the last list counts. */
export function createTemplateList(app: Pick<App, 'now'>, log: Logger): ListTemplates {
  const known = new Map<string, { at: number; templates: readonly WhatsAppTemplate[] }>();
  return async (number) => {
    const now = app.now().getTime();
    const last = known.get(number.wabaId);
    if (last && now - last.at < FRESH_MS && now >= last.at) return last.templates;
    const templates = await fetchTemplates(number);
    if (typeof templates === 'string') {
      log.warn({ wabaId: number.wabaId, reason: templates }, 'templates could not be listed');
      return last?.templates ?? [];
    }
    known.set(number.wabaId, { at: now, templates });
    return templates;
  };
}

/** @returns what went wrong, as text */
async function fetchTemplates(number: BusinessNumber): Promise<WhatsAppTemplate[] | string> {
  const templates: WhatsAppTemplate[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const called = await callGraph(number, {
      path: `${number.wabaId}/message_templates`,
      query: {
        fields: 'name,status,language,parameter_format,components',
        status: 'APPROVED',
        limit: '100',
        ...(after === undefined ? {} : { after }),
      },
    });
    if (called.state !== 'ok') return called.reason;
    const { data, paging } = Page.catch({ data: [] }).parse(called.result);
    for (const one of data) {
      const listed = Listed.safeParse(one);
      const template = listed.success ? readTemplate(listed.data) : undefined;
      if (template) templates.push(template);
    }
    after = paging?.next === undefined ? undefined : paging.cursors?.after;
    if (after === undefined) break;
  }
  return templates.toSorted((a, b) => a.title.localeCompare(b.title));
}

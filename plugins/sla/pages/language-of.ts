import { findAgent, type HostApp, type Viewer } from '@helpdesk/core';

/** In which language somebody reads: his own, else the company's. Panels are not told. */
export async function languageOf(app: HostApp, viewer: Viewer | null): Promise<'ru' | 'en'> {
  const own = viewer && (await findAgent(app.db, viewer.agentId)).language;
  return own === 'ru' || own === 'en' ? own : app.company.language;
}

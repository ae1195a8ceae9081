import type { BaseContext } from '@helpdesk/core';

interface Words {
  readonly t: BaseContext['t'];
  readonly hasText: BaseContext['app']['hasText'];
}

/** What people call a plugin: its text `<id>.plugin.title`, else its id. */
export function titleOf({ t, hasText }: Words, id: string): string {
  const key = `${id}.plugin.title`;
  return hasText(key) ? t(key) : id;
}

export const pluginTitle = ({ app, t }: Pick<BaseContext, 'app' | 't'>, id: string): string =>
  titleOf({ t, hasText: app.hasText }, id);

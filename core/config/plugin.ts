/** A plugin with its options, as it stands in helpdesk.config.ts. Made by the function that `definePlugin` returns. */
export interface Plugin {
  readonly id: string;
  readonly version: string;
}

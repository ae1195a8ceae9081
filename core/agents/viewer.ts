/** Who looks, and what they may see and do. Made by `findViewer`; queries take it to filter rows. */
export interface Viewer {
  readonly agentId: number;
  readonly role: string;
  readonly permissions: ReadonlySet<string> | 'all';
  /** The lines whose tickets this agent may see. */
  readonly lineIds: readonly number[] | 'all';
}

/** Whether the viewer's role holds a permission, core's or a plugin's. */
export function can(viewer: Pick<Viewer, 'permissions'>, permission: string): boolean {
  return viewer.permissions === 'all' || viewer.permissions.has(permission);
}

/** A typed name for something that a plugin provides and others may use. */
export interface Service<T> {
  readonly id: string;
  readonly type?: T;
}
export const service = <T>(id: string): Service<T> => ({ id });

/** The services of one composition: who provides what. Built by the host while plugins register. */
export interface Services {
  /** @throws nothing; a missing service is undefined, the host checks `requires` at resolve. */
  find<T>(name: Service<T>): T | undefined;
}

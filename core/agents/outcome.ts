/** An expected "no": `because` is a text key, `field` the form's field that it is about. */
export interface Refused {
  readonly ok: false;
  readonly because: string;
  readonly field?: string;
}

/** What an action answers that people can get wrong. */
export type Outcome<T = object> = ({ readonly ok: true } & T) | Refused;

export function refused(because: string, field?: string): Refused {
  return field === undefined ? { ok: false, because } : { ok: false, because, field };
}

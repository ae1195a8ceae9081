/** A template that cannot be used, said with its file and line. */
export class ViewError extends Error {
  readonly code: ViewErrorCode;
  readonly file: string | undefined;
  readonly line: number | undefined;

  constructor(
    code: ViewErrorCode,
    message: string,
    where: { file?: string; line?: number; cause?: unknown } = {},
  ) {
    const place = where.file === undefined ? '' : ` (${where.file}${where.line ? `:${where.line}` : ''})`;
    super(message + place, { cause: where.cause });
    this.name = 'ViewError';
    this.code = code;
    this.file = where.file;
    this.line = where.line;
  }
}

export type ViewErrorCode =
  | 'VIEW_MISSING'
  | 'PARTIAL_MISSING'
  | 'TEMPLATE_BROKEN'
  | 'TEMPLATE_UNSAFE'
  | 'THEME_BROKEN';

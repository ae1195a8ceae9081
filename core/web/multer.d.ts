declare module 'multer' {
  type Middleware = (request: never, response: never, next: (error?: unknown) => void) => void;
  interface Options {
    storage: unknown;
    defParamCharset?: string;
    limits?: Record<string, number>;
  }
  interface Multer {
    (options: Options): { any(): Middleware };
  }
  const multer: Multer;
  export default multer;
}

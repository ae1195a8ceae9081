/** Rejects with code ETIMEOUT when the work is not done in time; the work itself goes on. */
export async function withDeadline<T>(work: Promise<T>, limit: { ms: number; what: string }): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = Object.assign(new Error(`no answer within ${limit.ms} ms while ${limit.what}`), {
      code: 'ETIMEOUT',
    });
    timer = setTimeout(() => reject(error), limit.ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

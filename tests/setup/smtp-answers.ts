import type { SunkMail } from './smtp-sink.js';

/**
 * What one try for one recipient meets. A bare code, `close` and `timeout` answer RCPT TO; the others wait for
 * the message: refused or cut before, or after, its final dot. Of several recipients the worst answer counts.
 */
export type Answer =
  | '250'
  | '450'
  | '451'
  | '452'
  | '550'
  | '552'
  | 'close'
  | 'timeout'
  | 'close-in-data'
  | 'close-after-dot'
  | 'timeout-after-dot'
  | '421-after-dot'
  | '451-after-dot'
  | '550-after-dot';

interface DataPhase {
  /** Resolves when the first bytes are there. */
  begin(): Promise<unknown>;
  read(): Promise<SunkMail>;
  keep(mail: SunkMail): Promise<void>;
  accept(): void;
  refuse(code: number): void;
  cut(): void;
}

/** Play the answers that come at or after the message. A mail whose final dot was reached unrefused is kept. */
export async function finishData(answers: Answer[], phase: DataPhase): Promise<void> {
  const rest = answers.filter((answer) => answer !== '250');
  if (rest.includes('close-in-data')) {
    await phase.begin();
    return phase.cut();
  }
  const mail = await phase.read();
  const refused = rest.find((answer) => /^\d\d\d-after-dot$/.test(answer));
  if (refused !== undefined) return phase.refuse(Number(refused.slice(0, 3)));
  await phase.keep(mail);
  if (rest.includes('close-after-dot')) return phase.cut();
  if (rest.includes('timeout-after-dot')) return undefined;
  return phase.accept();
}

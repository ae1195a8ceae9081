import { ask, measure } from './measuring.mjs';

export async function benchReplies(desk, { tickets, extra, times }) {
  const post = async (i) => {
    const id = tickets - (i % tickets);
    const body = new URLSearchParams({
      via: 'email',
      body: `Thank you, we look into it. Number ${i}`,
      to: 'c1@client.example',
      then: 'wait',
      force: 'true',
      _once: `bench-${process.pid}-${i}`,
    }).toString();
    const { status, body: text } = await ask(desk.port, {
      path: `/desk/tickets/${id}/reply`,
      method: 'POST',
      cookie: desk.cookie,
      body,
    });
    if (status !== 303)
      throw new Error(
        `reply: ${status} ${text
          .replaceAll(/<[^>]*>/g, ' ')
          .replaceAll(/\s+/g, ' ')
          .slice(0, 400)}`,
      );
  };
  await measure('reply, POST to committed', { pid: desk.pid, target: 6, extra }, times, post, 1500);
}

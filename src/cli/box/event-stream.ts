import type { IncomingMessage } from 'node:http';

/** What the box tells while it happens. */
export interface BoxEvent {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads server-sent events, as far as the box sends them: a kind, and data on one line. */
export async function* eventsIn(answer: IncomingMessage): AsyncGenerator<BoxEvent> {
  let rest = '';
  answer.setEncoding('utf8');
  for await (const chunk of answer) {
    const blocks = `${rest}${chunk}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventOf(block);
      if (event) yield event;
    }
  }
}

/** Null for what only keeps the connection alive. */
function eventOf(block: string): BoxEvent | null {
  const [, kind] = /^event: (.*)$/m.exec(block) ?? [];
  const [, data] = /^data: (.*)$/m.exec(block) ?? [];
  return kind === undefined || kind === 'beat' || data === undefined ? null : { kind, data: JSON.parse(data) };
}

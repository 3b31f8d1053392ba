import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { SlicFxsLine } from '../../../src/lines/slic/slic-fxs-line.js';
import type { SlicNotice, SlicOrder } from './slic.js';

let line: SlicFxsLine | undefined;

const tell = (notice: SlicNotice) => process.send?.(notice);

async function execute(order: SlicOrder): Promise<void> {
  if (order.do === 'open') {
    line = new SlicFxsLine(order.options);
    line.onEvent(tell);
  } else if (order.do === 'ring') line?.ring(order.cadence);
  else if (order.do === 'loop') await moveLoop(order.changes);
  else await line?.[order.do]();
  tell({ type: 'done' });
}

/** The telephone is in this process: one of its own would have to be woken for each of its pulses, which a busy machine does too late. */
async function moveLoop(changes: Extract<SlicOrder, { do: 'loop' }>['changes']): Promise<void> {
  for (const { text, ms } of changes) {
    writeFileSync('/proc/sys/kernel/hostname', text);
    await pause(ms);
  }
}

process.on('message', (order: SlicOrder) => void execute(order));

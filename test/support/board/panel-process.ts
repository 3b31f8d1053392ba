import { BoardPanel } from '../../../src/panel/board-panel.js';
import type { PanelNotice, PanelOrder } from './gpio-panel.js';

let panel: BoardPanel | undefined;

const tell = (notice: PanelNotice) => process.send?.(notice);

async function execute(order: PanelOrder): Promise<void> {
  if (order.do === 'open') {
    panel = new BoardPanel(order.parts);
    panel.onEvent(tell);
  } else if (order.do === 'show') panel?.show(order.lamps);
  else await panel?.[order.do]();
  tell({ type: 'done' });
}

process.on('message', (order: PanelOrder) => void execute(order));

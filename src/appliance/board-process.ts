import type { BoardNotice, PortLabels } from '../simulator/board/notice.js';
import type { SimulatedBoardOrder } from '../simulator/board/order.js';
import type { PageAddress } from '../simulator/board/page-server.js';
import { installation } from './installation.js';
import { OwnProcess } from './own-process.js';

/** Its sound is made sample by sample, which wants the optimizing compiler that its parent does without. */
const program = { program: installation.simulatedBoard, execArgv: ['--max-semi-space-size=1'] };

interface BoardReady {
  readonly type: 'ready';
  readonly page: PageAddress;
}

/** Starts the simulated board as its own process, as hardware would be. Rejects if a part of it cannot be made, or the page's port is taken. */
export async function startBoardProcess(order: Omit<SimulatedBoardOrder, 'pageFiles'>, signal: AbortSignal) {
  const orderWithPage: SimulatedBoardOrder = { ...order, pageFiles: installation.frontPanelPage };
  const board = await OwnProcess.start<BoardReady>(program, orderWithPage, signal);
  return {
    page: board.answer.page,
    onLost: (listener: (reason: string) => void) => board.onLost(listener),
    /** Shows on the page for how long the button keeps monitoring closed; null when it does not. */
    showPrivacy: (privateForMs: number | null) => board.tell({ privateForMs } satisfies BoardNotice),
    /** Shows on the page what the ports are used for. */
    showLabels: (labels: PortLabels) => board.tell({ labels } satisfies BoardNotice),
    stop: () => board.stop(),
  };
}

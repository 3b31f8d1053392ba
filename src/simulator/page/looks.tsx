import { render } from 'preact';
import { Looks } from '../../web/page/shell/looks.js';

/** Lets the language and the colours be chosen as on the page of the box, which has them from the same place. */
export const showLooks = (element: HTMLElement): void => render(<Looks />, element);

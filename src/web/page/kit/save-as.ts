import { saveFile } from './save-file.js';

/** Hands a text over as a file. */
export const saveAs = (name: string, type: string, text: string): void => saveFile(name, new Blob([text], { type }));

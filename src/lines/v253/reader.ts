import type { NumberedReport } from './reports.js';
import { parseReport } from './reports.js';

/** What the bytes of a HAT were parsed into. */
export type Reading =
  | { readonly kind: 'line'; readonly text: string }
  | ({ readonly kind: 'report' } & NumberedReport)
  /** The beginning of a report without its end: an event may be lost. */
  | { readonly kind: 'damage' };

const DLE = 0x10;
const CR = 0x0d;
const LF = 0x0a;
const opening = 'X'.charCodeAt(0);
const closing = '.'.charCodeAt(0);

const longestLine = 200;
/** Serial number, code, data and CRC (PROTOCOL.md, 3). */
const longestReport = 2 + 1 + 100 + 4;

/** Where in the stream the reader is. */
type Place = 'line' | 'lineDle' | 'report' | 'reportDle';

/**
 * Parses lines and reports from a HAT's stream of bytes, however it is split. Lines with anything but
 * printable ASCII are dropped as noise; a missing answer is asked for again.
 */
export class Reader {
  #place: Place = 'line';
  #line = '';
  #isLineClean = true;
  #report = '';
  #readings: Reading[] = [];

  push(bytes: Uint8Array): readonly Reading[] {
    this.#readings = [];
    for (const byte of bytes) this.#take(byte);
    return this.#readings;
  }

  #take(byte: number): void {
    switch (this.#place) {
      case 'line':
        this.#takeInLine(byte);
        break;
      case 'lineDle':
        this.#takeAfterDle(byte);
        break;
      case 'report':
        this.#takeInReport(byte);
        break;
      case 'reportDle':
        this.#takeReportEnd(byte);
        break;
    }
  }

  #takeInLine(byte: number): void {
    if (byte === DLE) this.#place = 'lineDle';
    else if (byte === CR || byte === LF) this.#endLine();
    else if (!isPrintable(byte) || this.#line.length >= longestLine) this.#isLineClean = false;
    else this.#line += String.fromCharCode(byte);
  }

  #takeAfterDle(byte: number): void {
    if (byte === opening) this.#openReport();
    else if (byte !== DLE) {
      this.#isLineClean = false;
      this.#place = 'line';
      this.#takeInLine(byte);
    }
  }

  #takeInReport(byte: number): void {
    if (byte === DLE) this.#place = 'reportDle';
    else if (isPrintable(byte) && this.#report.length < longestReport) this.#report += String.fromCharCode(byte);
    else {
      this.#abandonReport('line');
      this.#takeInLine(byte);
    }
  }

  #takeReportEnd(byte: number): void {
    if (byte === closing) this.#endReport();
    else {
      this.#abandonReport('lineDle');
      this.#takeAfterDle(byte);
    }
  }

  #openReport(): void {
    this.#report = '';
    this.#place = 'report';
  }

  #endReport(): void {
    const numbered = parseReport(this.#report);
    this.#readings.push(numbered ? { kind: 'report', ...numbered } : { kind: 'damage' });
    this.#place = 'line';
  }

  #abandonReport(place: Place): void {
    this.#readings.push({ kind: 'damage' });
    this.#place = place;
  }

  #endLine(): void {
    if (this.#isLineClean && this.#line !== '') this.#readings.push({ kind: 'line', text: this.#line });
    this.#line = '';
    this.#isLineClean = true;
  }
}

function isPrintable(byte: number): boolean {
  return byte >= 0x20 && byte <= 0x7e;
}

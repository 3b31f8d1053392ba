import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { EmulatedBoard } from './emulated-board.js';

/** This machine, as QEMU shows it to the board. */
const address = '10.0.2.2';
const authorities = '/etc/ssl/certs/ca-certificates.crt';

/** A web server with updates, such as a vendor's: it sends the part of a file that is asked for. */
export class UpdateServer {
  /** What was sent, in bytes. */
  sent = 0;

  private constructor(
    private readonly server: Server,
    private readonly certificate: string,
    private readonly files: Readonly<Record<string, string>>,
  ) {
    server.on('request', (request, response) => {
      this.#send(request, response).catch(() => response.destroy());
    });
  }

  /** @param files Paths on this machine, by the paths at the server. */
  static async open(files: Readonly<Record<string, string>>): Promise<UpdateServer> {
    const { key, certificate } = await ownCertificate();
    const server = createServer({ key, cert: certificate }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new UpdateServer(server, certificate, files);
  }

  addressOf(path: string): string {
    return `https://${address}:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** Lets a board take its certificate for one that an authority has signed, until the board is started again. */
  async becomeTrustedBy(board: EmulatedBoard): Promise<void> {
    await board.sh(`{ cat ${authorities}; echo '${this.certificate}'; } > /run/authorities
      mount --bind /run/authorities ${authorities}`);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  async #send({ url = '', headers, method }: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = this.files[url];
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { size } = await stat(file);
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
    const start = Number(from ?? 0);
    const end = Math.min(to ? Number(to) : size - 1, size - 1);
    response.writeHead(from === undefined ? 200 : 206, {
      'accept-ranges': 'bytes',
      'content-length': end - start + 1,
      ...(from === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }),
    });
    if (method === 'HEAD') {
      response.end();
      return;
    }
    this.sent += end - start + 1;
    createReadStream(file, { start, end })
      .on('error', () => response.destroy())
      .pipe(response);
  }
}

async function ownCertificate(): Promise<{ readonly key: string; readonly certificate: string }> {
  const { stdout } = await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-keyout', '-', '-out', '-', '-subj', '/CN=updates', '-addext', `subjectAltName=IP:${address}`],
  ]);
  const [, key = '', certificate = ''] = /^(-.*?)(?=-----BEGIN CERTIFICATE)(.*)$/s.exec(stdout) ?? [];
  return { key, certificate };
}

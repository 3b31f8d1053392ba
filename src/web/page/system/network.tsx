import { Certificate } from './certificate.js';
import { LogServer } from './log-server.js';
import { WebPlace } from './web-place.js';

/** Where browsers find the box, how they know that it is the box, and where it sends its log. */
export default function Network() {
  return (
    <>
      <WebPlace />
      <Certificate />
      <LogServer />
    </>
  );
}

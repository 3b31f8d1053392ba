import { Certificate } from './certificate.js';
import { WebPlace } from './web-place.js';

/** Where browsers find the box, and how they know that it is the box. */
export default function Network() {
  return (
    <>
      <WebPlace />
      <Certificate />
    </>
  );
}

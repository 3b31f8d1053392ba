import { say } from '../texts.js';

const ownHosts = ['127.0.0.1', '[::1]', 'localhost'];

/** To the telephones and the exchange of a simulated board, beside this page; from another computer they may be out of reach. */
export const FrontPanelLink = ({ address }: { readonly address: string }) => (
  <>
    <a href={address} target="_blank" rel="noreferrer">
      {say('setUp.toFrontPanel')}
    </a>
    {ownHosts.includes(new URL(address).hostname) && !ownHosts.includes(location.hostname) && (
      <> {say('setUp.panelElsewhere')}</>
    )}
  </>
);

/** Who an address stands for, told to what counts connections as to what counts tries. */
export { sourceNetwork } from '../../store/users/source-network.js';

export { dataFile, isInUse, requireDataFolder } from '../store/files/data-folder.js';
export { connectSocket } from '../store/files/unix-socket.js';

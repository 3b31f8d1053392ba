export { dataFile, requireDataFolder } from '../store/files/data-folder.js';

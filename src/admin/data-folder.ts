export { requireDataFolder } from '../store/files/data-folder.js';

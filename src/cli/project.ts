import { join } from 'node:path';

/** The folder of the installation: package.json, processes/, migrations/ and web/ lie in it. */
export const projectFolder: string = join(import.meta.dirname, '../..');

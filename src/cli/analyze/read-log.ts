import type { ReadLogOptions } from '../../runtime/log/files/read-log.ts';

export {
  type Encoding,
  encodings,
  type ReadLogOptions,
  readLog,
} from '../../runtime/log/files/read-log.ts';

/** What the options --sheet and --object-type of a command say. */
export function objectOptions(
  options: Readonly<Record<string, unknown>>,
): Pick<ReadLogOptions, 'sheet' | 'objectType'> {
  const { sheet, 'object-type': objectType } = options;
  return {
    sheet: typeof sheet === 'string' ? sheet : null,
    objectType: typeof objectType === 'string' ? objectType : null,
  };
}

import { ok, type Refusal, type Result, refuse } from '../../../base/result.ts';
import { type Flattened, flattened, type ObjectLog } from '../../../insight/log/ocel/flatten.ts';
import { objectLogOfJson } from '../../../insight/log/ocel/json.ts';
import { ObjectXmlReader } from '../../../insight/log/ocel/xml.ts';
import { objectLogOfSqlite } from '../../../store/foreign/object-log.ts';
import { Rows } from './read-xlsx.ts';

/** The forms of OCEL 2.0. */
export type ObjectLogForm = 'json' | 'xml' | 'sqlite';

/** Pours the cases of one object type into `take` as CSV, and says what that left out. */
export async function pourObjectLog(
  form: ObjectLogForm,
  source: { readonly path: string; readonly bytes: () => Promise<Uint8Array> },
  objectType: string | null,
  take: (chunk: Uint8Array) => Refusal | null,
): Promise<Result<Flattened>> {
  const read =
    form === 'sqlite'
      ? objectLogOfSqlite(source.path)
      : form === 'xml'
        ? objectLogOfXml(await source.bytes())
        : objectLogOfText(await source.bytes());
  if (!read.ok) return read;
  const flat = flattened(read.value, objectType);
  if (!flat.ok) return flat;
  const { records, ...told } = flat.value;
  const rows = new Rows(take);
  for (const record of records()) {
    const refusal = rows.add(record);
    if (refusal) return refusal;
  }
  return rows.flush() ?? ok(told);
}

function objectLogOfText(bytes: Uint8Array): Result<ObjectLog> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return objectLogOfJson(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) {
      return refuse('log_ocel_damaged', { place: error.message.slice(0, 120) });
    }
    throw error;
  }
}

function objectLogOfXml(bytes: Uint8Array): Result<ObjectLog> {
  const reader = new ObjectXmlReader();
  const step = 1 << 18;
  for (let at = 0; at < bytes.length; at += step) {
    const refusal = reader.push(bytes.subarray(at, at + step));
    if (refusal) return refusal;
  }
  return reader.end() ?? ok(reader.log);
}

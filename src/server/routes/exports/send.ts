import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { formatAmount } from '../../../base/money.ts';
import type { Refusal, Result } from '../../../base/result.ts';
import {
  type ExportFormat,
  type ExportTableName,
  exportFormats,
} from '../../../contract/exports.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import type { Language } from '../../../contract/shapes.ts';
import { xlsxFile } from '../../../runtime/paper/workbook.ts';
import { recordExport } from '../../../store/people/exports.ts';
import type { Person } from '../../../store/people/sessions.ts';
import { newId, type ServerContext } from '../../context.ts';
import { type Permission, signedIn } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import { csvOf, type ExportCell, type ExportTable, sheetOf } from '../../shape/export-table.ts';
import type { App } from '../../typed-app.ts';

/** A table that may leave the bank. `read` refuses what a person may not see, and what is long. */
export type Exported<Query extends ExportQuery> = {
  readonly table: ExportTableName;
  readonly summary: string;
  /** Undefined where the rows themselves say who may see them. */
  readonly permission?: Permission;
  readonly query: z.ZodType<Query>;
  readonly read: (
    context: ServerContext,
    person: Person,
    query: Query,
  ) => Promise<Result<NamedTable>>;
};

type ExportQuery = { readonly language: Language };

/** A table with the name of its file, without its ending. */
export type NamedTable = { readonly fileName: string; readonly table: ExportTable };

const fileTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** GET /api/exports/<table>.csv and .xlsx: the table as a file, recorded before it leaves. */
export function exportRoute<Query extends ExportQuery>(
  app: App,
  context: ServerContext,
  exported: Exported<Query>,
): void {
  const { table, permission, query: querystring } = exported;
  const response = { 200: z.string(), '4xx': refusalShape, '5xx': refusalShape };
  for (const format of exportFormats) {
    app.get(
      `/api/exports/${table}.${format}`,
      {
        config: permission === undefined ? {} : { permission },
        schema: {
          summary: `${exported.summary} as ${format === 'csv' ? 'CSV' : 'a workbook (xlsx)'}`,
          ...{ tags: ['exports'], querystring, response },
        },
      },
      async (request, reply) => {
        const { person } = signedIn(request);
        const query = request.query as Query;
        const read = await exported.read(context, person, query);
        if (!read.ok) return sendRefusal(reply, read as Refusal);
        const file = await fileOf(format, read.value.table);
        const rows = read.value.table.rows.length;
        await recordExport(context.database, context.settings.cellId, {
          ...{ exportId: newId(context), exportedAt: context.clock() },
          ...{ login: person.login, person: person.person, unitCode: person.unitCode },
          ...{ exportTable: table, format, filter: filterOf(query), rowCount: rows },
          contentHash: createHash('sha256').update(file).digest('hex'),
        });
        return await sendFile(reply, { format, fileName: read.value.fileName, file, rows });
      },
    );
  }
}

async function fileOf(format: ExportFormat, table: ExportTable): Promise<Buffer> {
  return format === 'csv' ? Buffer.from(csvOf(table), 'utf8') : await xlsxFile([sheetOf(table)]);
}

/** What was asked for, as it is recorded: each field that was given, as text. */
function filterOf(query: ExportQuery): Record<string, string> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

async function sendFile(
  reply: FastifyReply,
  of: { format: ExportFormat; fileName: string; file: Buffer; rows: number },
): Promise<FastifyReply> {
  const name = `${of.fileName.replace(/[^\w-]/g, '_')}.${of.format}`;
  return await reply
    .headers({
      'content-type': fileTypes[of.format],
      'content-disposition': `attachment; filename="${name}"`,
      'x-row-count': String(of.rows),
    })
    .send(of.file);
}

/** Amounts of a currency as numbers: 1409.50. */
export function amountsIn(currency: string): (minor: string | bigint) => ExportCell {
  return (minor) => ({ number: formatAmount(BigInt(minor), currency) });
}

/** A day, or nothing. */
export function dayCell(date: string | null): ExportCell {
  return date === null ? null : { date };
}

/** An instant, or nothing. */
export function instantCell(at: number | null): ExportCell {
  return at === null ? null : { at };
}

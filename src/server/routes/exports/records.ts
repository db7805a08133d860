import {
  type ExportRecordAnswer,
  type ExportTableName,
  exportsAnswer,
  exportsQuery,
} from '../../../contract/exports.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import { type ExportRecord, listExports } from '../../../store/people/exports.ts';
import { namesOfLogins } from '../../../store/people/names.ts';
import type { ServerContext } from '../../context.ts';
import type { App } from '../../typed-app.ts';

/** GET /api/exports: every file that left, for who audits the bank. */
export function exportRecordRoute(app: App, context: ServerContext): void {
  const { database, settings } = context;
  app.get(
    '/api/exports',
    {
      config: { permission: 'view_audit' },
      schema: {
        summary: 'What left the bank as a file (导出登记): who, what, filter, rows, when',
        ...{ tags: ['exports'], querystring: exportsQuery },
        response: { 200: exportsAnswer, '4xx': refusalShape, '5xx': refusalShape },
      },
    },
    async (request) => {
      const { table, login, limit, offset } = request.query;
      const wanted = { exportTable: table ?? null, login: login ?? null, limit, offset };
      const found = await listExports(database, settings.cellId, wanted);
      const logins = found.exports.map((one) => one.login);
      const names = await namesOfLogins(database, settings.cellId, logins);
      const exports = found.exports.map((one) => recordAnswer(one, names.get(one.login)));
      return { exports, total: found.total };
    },
  );
}

function recordAnswer(record: ExportRecord, name: string | undefined): ExportRecordAnswer {
  return {
    ...{ exportId: record.exportId, exportedAt: record.exportedAt, login: record.login },
    ...{ name: name ?? record.login, unitId: record.unitCode, format: record.format },
    // Only names of this list are ever recorded.
    table: record.exportTable as ExportTableName,
    ...{ filter: record.filter, rows: record.rowCount, contentHash: record.contentHash },
  };
}

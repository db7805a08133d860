import { dateInChina } from '../base/dates.ts';

/**
 * The number people use: the process's letters, the bank's day, two digits of the cell, and a
 * serial that never comes twice in a cell.
 */
export function caseNumberOf(prefix: string, at: number, cellId: number, serial: bigint): string {
  const day = dateInChina(at).replaceAll('-', '');
  return `${prefix}${day}${String(cellId).padStart(2, '0')}${String(serial).padStart(6, '0')}`;
}

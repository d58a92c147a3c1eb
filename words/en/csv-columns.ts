/** What stands above the columns of a CSV for a spreadsheet: in English the names by which programs know them. */
import type { CsvColumn } from '../../reconciliation/report/csv-columns.ts';

export function column(name: CsvColumn): string {
  return name;
}

import type { ReactNode } from 'react';
import { classes } from '@/components/classes';

export interface Column<Row> {
  key: string;
  head: string;
  cell: (row: Row) => ReactNode;
  /** What the row is about: it heads the row, and the card. */
  main?: boolean;
  /** What can be done with the row: its head is said, not shown. */
  actions?: boolean;
}

interface DataTableProps<Row> {
  /** What is listed, for those who hear it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

// Some browsers forget what a table is once it is laid out otherwise; these say it.
const AS = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  columnHead: { role: 'columnheader' },
  rowHead: { role: 'rowheader' },
  cell: { role: 'cell' },
};

/** Rows and columns; where there is no room for them, a card for each row. */
export function DataTable<Row>({ caption, columns, rows, keyOf }: DataTableProps<Row>) {
  return (
    <table {...AS.table} aria-label={caption} className="block w-full border-collapse sm:table">
      <thead {...AS.group} className="sr-only sm:not-sr-only sm:table-header-group">
        <tr {...AS.row} className="border-line border-b">
          {columns.map(({ key, head, actions }) => (
            <th
              {...AS.columnHead}
              key={key}
              scope="col"
              className="px-2 py-2 text-start font-medium text-muted text-sm first:ps-0 last:pe-0"
            >
              {actions ? <span className="sr-only">{head}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...AS.group} className="flex flex-col gap-3 sm:table-row-group">
        {rows.map((row) => (
          <tr
            {...AS.row}
            key={keyOf(row)}
            className="block rounded-2xl border border-line bg-surface p-4 sm:table-row sm:border-0 sm:border-b sm:bg-transparent"
          >
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column: { head, cell, main = false, actions = false }, row }: CellProps<Row>) {
  const shape = 'py-1 align-middle sm:table-cell sm:px-2 sm:py-2.5 sm:first:ps-0 sm:last:pe-0';
  if (main)
    return (
      <th
        {...AS.rowHead}
        scope="row"
        className={classes(shape, 'block pb-2 text-start font-normal [overflow-wrap:anywhere]')}
      >
        {cell(row)}
      </th>
    );
  return (
    <td
      {...AS.cell}
      className={classes(shape, actions ? 'block pt-3 sm:text-end' : 'flex justify-between gap-4 text-sm')}
    >
      {!actions && (
        <span aria-hidden="true" className="shrink-0 text-muted sm:hidden">
          {head}
        </span>
      )}
      <div className={classes('min-w-0', !actions && 'text-end sm:text-start')}>{cell(row)}</div>
    </td>
  );
}

interface CellProps<Row> {
  column: Column<Row>;
  row: Row;
}

"""What a migration does to code that runs beside it: read from its operations, which are not carried out."""

import re
from collections.abc import Callable, Iterator
from unittest.mock import patch

from alembic.operations import Operations, ops
from alembic.runtime.migration import MigrationContext

CONTRACTS = "CONTRACTS"
"""The name by which a revision declares that it takes away what no running code uses any more, and since when."""

TAKING = re.compile(
    r"\b(?:DROP\s+(?!CONSTRAINT|DEFAULT|FUNCTION|INDEX|NOT|TRIGGER)|RENAME\b|SET\s+NOT\s+NULL\b"
    r"|ALTER\s+(?:COLUMN\s+)?\S+\s+(?:SET\s+DATA\s+)?TYPE\b)",
    re.IGNORECASE,
)
REQUIRING = re.compile(r"\bADD\b.*\bNOT\s+NULL\b", re.IGNORECASE | re.DOTALL)
FILLING = re.compile(r"\b(?:DEFAULT|GENERATED)\b", re.IGNORECASE)
ALTERING = re.compile(r"^\s*(?:ALTER|DROP)\b", re.IGNORECASE)


def breaking(upgrade: Callable[[], None]) -> list[str]:
    """Return what of an upgrade breaks the code before it."""
    noted: list[ops.MigrateOperation] = []
    unconnected = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True})
    with Operations.context(unconnected) as operations, patch.object(operations, "invoke", noted.append):
        upgrade()
    return [what for operation in noted for what in _breaks(operation)]


def _breaks(operation: ops.MigrateOperation) -> Iterator[str]:
    match operation:
        case ops.DropTableOp():
            yield f"drops the table {operation.table_name}"
        case ops.RenameTableOp():
            yield f"renames the table {operation.table_name}"
        case ops.DropColumnOp():
            yield f"drops {operation.table_name}.{operation.column_name}"
        case ops.AddColumnOp() if not operation.column.nullable and operation.column.server_default is None:
            yield f"adds {operation.table_name}.{operation.column.name}, not null and without a default"
        case ops.AlterColumnOp():
            yield from _altering(operation)
        case ops.ExecuteSQLOp():
            yield from (f"runs {line!r}" for line in str(operation.sqltext).split(";") if _is_breaking(line))


def _altering(operation: ops.AlterColumnOp) -> Iterator[str]:
    column = f"{operation.table_name}.{operation.column_name}"
    if operation.modify_name is not None:
        yield f"renames {column}"
    if operation.modify_type is not None:
        yield f"changes the type of {column}"
    if operation.modify_nullable is False:
        yield f"makes {column} not null"


def _is_breaking(line: str) -> bool:
    is_required = REQUIRING.search(line) is not None and FILLING.search(line) is None
    return ALTERING.match(line) is not None and (TAKING.search(line) is not None or is_required)

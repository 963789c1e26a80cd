"""How large pictures are, and how far they have come.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("media", sa.Column("width", sa.Integer(), nullable=True))
    op.add_column("media", sa.Column("height", sa.Integer(), nullable=True))
    op.add_column("media", sa.Column("pictures", sa.String(32), server_default="none", nullable=False))
    op.add_column("media", sa.Column("pictures_error_code", sa.Text(), nullable=True))
    op.add_column("media", sa.Column("pictures_error_message", sa.Text(), nullable=True))


def downgrade() -> None:
    """Undo it."""
    for name in ("pictures_error_message", "pictures_error_code", "pictures", "height", "width"):
        op.drop_column("media", name)

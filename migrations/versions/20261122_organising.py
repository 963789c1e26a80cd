"""Shared links, and files of many results.

Revision ID: 0008
Revises: 0007
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "shares",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("with_sound", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("last_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_shares_media_id_media"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcripts.id"], name=op.f("fk_shares_transcript_id_transcripts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
        sa.UniqueConstraint("digest", name=op.f("uq_shares_digest")),
    )
    op.create_index("ix_shares_media_id_id", "shares", ["media_id", "id"])
    op.create_index("ix_shares_transcript_id", "shares", ["transcript_id"])
    op.add_column("exports", sa.Column("kind", sa.String(32), server_default="account", nullable=False))
    op.add_column("exports", _list("formats", sa.Text()))
    op.add_column("exports", _list("wanted", sa.Uuid()))


def downgrade() -> None:
    """Undo it."""
    op.execute("DELETE FROM exports WHERE kind <> 'account'")
    for column in ("wanted", "formats", "kind"):
        op.drop_column("exports", column)
    op.drop_table("shares")


def _list(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, postgresql.ARRAY(kind), server_default=sa.text("'{}'"), nullable=False)

"""Corrections of transcripts.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("transcripts", sa.Column("version", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_table(
        "transcript_edits",
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.Column("changed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("added", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("removed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("patches", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_transcript_edits_author_id_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcripts.id"],
            name=op.f("fk_transcript_edits_transcript_id_transcripts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript_edits")),
        sa.UniqueConstraint("transcript_id", "number", name=op.f("uq_transcript_edits_transcript_id_number")),
    )
    op.create_index(op.f("ix_transcript_edits_author_id"), "transcript_edits", ["author_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_index(op.f("ix_transcript_edits_author_id"), table_name="transcript_edits")
    op.drop_table("transcript_edits")
    op.drop_column("transcripts", "version")

"""Recordings that are prepared for others, or by them.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "preprocessings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("s3_key_temp", sa.Text(), nullable=False),
        sa.Column("s3_key_short", sa.Text(), nullable=False),
        sa.Column("s3_key_for_inference", sa.Text(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_preprocessings"),
        sa.UniqueConstraint("identity", name="uq_preprocessings_identity"),
    )
    op.create_index("ix_preprocessings_created_at", "preprocessings", ["created_at"])
    op.create_index("ix_preprocessings_s3_key_short", "preprocessings", ["s3_key_short"])
    op.create_index("ix_preprocessings_s3_key_for_inference", "preprocessings", ["s3_key_for_inference"])
    op.create_table(
        "preprocessing_requests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("short_key", sa.Text(), nullable=False),
        sa.Column("inference_key", sa.Text(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media.id"], name="fk_preprocessing_requests_media_id_media", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_preprocessing_requests"),
    )
    op.create_index("ix_preprocessing_requests_media_id_id", "preprocessing_requests", ["media_id", "id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("preprocessing_requests")
    op.drop_table("preprocessings")

"""Documents and recitals.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "documents",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("is_public", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("sentence_count", sa.Integer(), nullable=False),
        sa.Column("character_count", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_documents_owner_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(
        "ix_documents_offered_language_id",
        "documents",
        ["language", "id"],
        postgresql_where=sa.text("is_public AND archived_at IS NULL"),
    )
    op.create_index("ix_documents_owner_id_id", "documents", ["owner_id", "id"])
    op.create_table(
        "document_sentences",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_document_sentences_document_id_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "index", name=op.f("pk_document_sentences")),
    )
    op.create_table(
        "recitals",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=True),
        sa.Column("discard_last", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("alive_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gaps", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("media_id", sa.Uuid(), nullable=True),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.Column("quality", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("flags", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_recitals_document_id_documents"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media.id"], name=op.f("fk_recitals_media_id_media"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_recitals_owner_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recitals")),
        sa.UniqueConstraint("media_id", name=op.f("uq_recitals_media_id")),
    )
    op.create_index(
        "ix_recitals_active_alive_at", "recitals", ["alive_at"], postgresql_where=sa.text("status = 'active'")
    )
    op.create_index(op.f("ix_recitals_document_id"), "recitals", ["document_id"])
    op.create_index("ix_recitals_flags", "recitals", ["flags"], postgresql_using="gin")
    op.create_index("ix_recitals_flagged_id", "recitals", ["id"], postgresql_where=sa.text("cardinality(flags) > 0"))
    op.create_index("ix_recitals_owner_id_id", "recitals", ["owner_id", "id"])
    op.create_index("ix_recitals_status_id", "recitals", ["status", "id"])
    op.create_table(
        "recital_audio_segments",
        sa.Column("recital_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column(
            "received_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["recital_id"],
            ["recitals.id"],
            name=op.f("fk_recital_audio_segments_recital_id_recitals"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recital_id", "sequence", name=op.f("pk_recital_audio_segments")),
    )
    op.create_index("ix_recital_audio_segments_key", "recital_audio_segments", ["key"])
    op.create_table(
        "recital_text_segments",
        sa.Column("recital_id", sa.Uuid(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("does_not_count", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("quality", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["recital_id"],
            ["recitals.id"],
            name=op.f("fk_recital_text_segments_recital_id_recitals"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("recital_id", "index", name=op.f("pk_recital_text_segments")),
    )


def downgrade() -> None:
    """Take the change back."""
    for table in (
        "recital_text_segments",
        "recital_audio_segments",
        "recitals",
        "document_sentences",
        "documents",
    ):
        op.drop_table(table)

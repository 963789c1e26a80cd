"""What search needs of results.

Revision ID: 0006
Revises: 0005
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SHOWN = sa.text("status NOT IN ('deleting', 'gone')")
WHOLE = sa.text("part = 0")
TITLE = sa.text('lower("left"(title, 100))')
INDEXES: dict[str, tuple[str | sa.TextClause, ...]] = {
    "status": ("status", "id"),
    "kind": ("kind", "id"),
    "origin": ("origin", "id"),
    "engine": ("engine", "id"),
    "base_language": ("base_language", "id"),
    "duration_ms": ("duration_ms", "id"),
    "confidence": ("confidence", "id"),
    "title": (TITLE, "id"),
    "owner_id_status": ("owner_id", "status", "id"),
    "owner_id_duration_ms": ("owner_id", "duration_ms", "id"),
    "owner_id_confidence": ("owner_id", "confidence", "id"),
    "owner_id_title": ("owner_id", TITLE, "id"),
}
NOTE_RECITALS = """
UPDATE media SET origin = 'recital', flags = recitals.flags FROM recitals WHERE recitals.media_id = media.id
"""
"""What the transcripts of existing items tell is filled in when they are indexed, by the next round of tidying."""


def upgrade() -> None:
    """Make the change."""
    for column in _columns():
        op.add_column("media", column)
    op.execute(NOTE_RECITALS)
    for name, columns in INDEXES.items():
        op.create_index(f"ix_media_shown_{name}", "media", [*columns], postgresql_where=SHOWN)
    for name in ("tags", "flags"):
        op.create_index(f"ix_media_shown_{name}", "media", [name], postgresql_using="gin", postgresql_where=SHOWN)
    op.create_index("ix_media_search_version", "media", ["search_version", "id"], postgresql_where=SHOWN)
    op.create_table(
        "search_texts",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.SmallInteger(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=True),
        sa.Column("first_segment", sa.Integer(), nullable=False),
        sa.Column("starts", postgresql.ARRAY(sa.Integer()), nullable=True),
        sa.Column("vector", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media.id"], name=op.f("fk_search_texts_media_id_media"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("media_id", "part", name=op.f("pk_search_texts")),
    )
    op.create_index(
        "ix_search_texts_whole_vector",
        "search_texts",
        ["vector"],
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
        postgresql_where=WHOLE,
    )
    op.create_index(
        "ix_search_texts_whole_owner_id_media_id", "search_texts", ["owner_id", "media_id"], postgresql_where=WHOLE
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_table("search_texts")
    op.drop_index("ix_media_search_version", table_name="media")
    for name in ("flags", "tags", *reversed(INDEXES)):
        op.drop_index(f"ix_media_shown_{name}", table_name="media")
    for column in reversed(_columns()):
        op.drop_column("media", column.name)


def _columns() -> list[sa.Column[Any]]:
    language = sa.Computed("lower(split_part(COALESCE(heard_language, language), '-', 1))", persisted=True)
    return [
        sa.Column("origin", sa.String(32), server_default="upload", nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("engine", sa.Text(), nullable=True),
        sa.Column("heard_language", sa.Text(), nullable=True),
        sa.Column("base_language", sa.Text(), language, nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("flags", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("search_version", sa.SmallInteger(), server_default="0", nullable=False),
    ]

"""Faults survived: owners take turns, transcripts are asked for, Transcribe jobs are known, counters are kept.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


CLOSE_THE_FAILED = """
UPDATE transcripts SET error_code = media.error_code, error_message = media.error_message FROM media
WHERE media.id = transcripts.media_id AND transcripts.finished_at IS NULL AND media.status = 'failed'
"""
ASK_FOR_THE_AWAITED = """
INSERT INTO transcripts (id, media_id, engine, model, asked_language, text)
SELECT id, id, 'whisper', '', language, '' FROM media WHERE status = 'transcribing'
AND NOT EXISTS (SELECT FROM transcripts WHERE media_id = media.id AND finished_at IS NULL AND error_code IS NULL)
"""
"""What workers now expect of an item that waits for its text; the model is named when one listens. It takes the
item's id, which is older than that of any transcript to come: they are sorted by them."""


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "tallies",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("labels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("amount", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", "labels", name=op.f("pk_tallies")),
    )
    op.add_column(
        "media", sa.Column("wish", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
    )
    op.create_index("ix_media_source_key", "media", ["source_key"], unique=False)
    op.create_index(
        "ix_media_under_way_updated_at",
        "media",
        ["updated_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('received', 'transcoding', 'transcribing', 'deleting')"),
    )
    op.create_index("ix_renditions_key", "renditions", ["key"], unique=False)
    op.add_column(
        "tasks",
        sa.Column(
            "owner_id", sa.Uuid(), server_default=sa.text("'00000000-0000-0000-0000-000000000000'"), nullable=False
        ),
    )
    op.add_column("tasks", sa.Column("turn", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("tasks", sa.Column("waits_for", sa.Text(), nullable=True))
    op.add_column("tasks", sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index(
        op.f("ix_tasks_pending_run_after"), table_name="tasks", postgresql_where="((state)::text = 'pending'::text)"
    )
    op.drop_index(
        op.f("ix_tasks_running_lease_until"), table_name="tasks", postgresql_where="((state)::text = 'running'::text)"
    )
    op.create_index("ix_tasks_subject_id_queue", "tasks", ["subject_id", "queue"], unique=False)
    op.create_index("ix_tasks_failed_id", "tasks", ["id"], unique=False, postgresql_where=sa.text("state = 'failed'"))
    op.create_index(
        "ix_tasks_finished_at",
        "tasks",
        ["finished_at"],
        unique=False,
        postgresql_where=sa.text("finished_at IS NOT NULL"),
    )
    op.create_index(
        "ix_tasks_open_owner_id_queue",
        "tasks",
        ["owner_id", "queue"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'running')"),
    )
    op.create_index(
        "ix_tasks_open_queue_turn_id",
        "tasks",
        ["queue", "turn", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'running')"),
    )
    op.create_index(
        "ix_tasks_waits_for",
        "tasks",
        ["waits_for", "turn", "id"],
        unique=False,
        postgresql_where=sa.text("waits_for IS NOT NULL"),
    )
    op.add_column("transcripts", sa.Column("asked_language", sa.Text(), nullable=True))
    op.add_column(
        "transcripts", sa.Column("wish", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
    )
    op.add_column("transcripts", sa.Column("job", sa.Text(), nullable=True))
    op.add_column("transcripts", sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("transcripts", sa.Column("error_code", sa.Text(), nullable=True))
    op.add_column("transcripts", sa.Column("error_message", sa.Text(), nullable=True))
    op.execute(CLOSE_THE_FAILED)
    op.execute(ASK_FOR_THE_AWAITED)
    op.create_index(
        "ix_transcripts_open_job",
        "transcripts",
        ["job"],
        unique=False,
        postgresql_where=sa.text("job IS NOT NULL AND finished_at IS NULL AND error_code IS NULL"),
    )
    op.create_index(
        "uq_transcripts_open_media_id",
        "transcripts",
        ["media_id"],
        unique=True,
        postgresql_where=sa.text("finished_at IS NULL AND error_code IS NULL"),
    )
    op.add_column(
        "uploads", sa.Column("wish", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
    )
    op.create_index(
        "ix_uploads_pending_expires_at",
        "uploads",
        ["expires_at"],
        unique=False,
        postgresql_where=sa.text("status = 'pending'"),
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_index("ix_uploads_pending_expires_at", table_name="uploads", postgresql_where=sa.text("status = 'pending'"))
    op.drop_column("uploads", "wish")
    op.drop_index(
        "uq_transcripts_open_media_id",
        table_name="transcripts",
        postgresql_where=sa.text("finished_at IS NULL AND error_code IS NULL"),
    )
    op.drop_index(
        "ix_transcripts_open_job",
        table_name="transcripts",
        postgresql_where=sa.text("job IS NOT NULL AND finished_at IS NULL AND error_code IS NULL"),
    )
    op.drop_column("transcripts", "error_message")
    op.drop_column("transcripts", "error_code")
    op.drop_column("transcripts", "started_at")
    op.drop_column("transcripts", "job")
    op.drop_column("transcripts", "wish")
    op.drop_column("transcripts", "asked_language")
    op.drop_index("ix_tasks_waits_for", table_name="tasks", postgresql_where=sa.text("waits_for IS NOT NULL"))
    op.drop_index(
        "ix_tasks_open_queue_turn_id", table_name="tasks", postgresql_where=sa.text("state IN ('pending', 'running')")
    )
    op.drop_index(
        "ix_tasks_open_owner_id_queue", table_name="tasks", postgresql_where=sa.text("state IN ('pending', 'running')")
    )
    op.drop_index("ix_tasks_subject_id_queue", table_name="tasks")
    op.drop_index("ix_tasks_failed_id", table_name="tasks", postgresql_where=sa.text("state = 'failed'"))
    op.drop_index("ix_tasks_finished_at", table_name="tasks", postgresql_where=sa.text("finished_at IS NOT NULL"))
    op.create_index(
        op.f("ix_tasks_running_lease_until"),
        "tasks",
        ["lease_until"],
        unique=False,
        postgresql_where="((state)::text = 'running'::text)",
    )
    op.create_index(
        op.f("ix_tasks_pending_run_after"),
        "tasks",
        ["run_after"],
        unique=False,
        postgresql_where="((state)::text = 'pending'::text)",
    )
    op.drop_column("tasks", "taken_at")
    op.drop_column("tasks", "waits_for")
    op.drop_column("tasks", "turn")
    op.drop_column("tasks", "owner_id")
    op.drop_index("ix_renditions_key", table_name="renditions")
    op.drop_index(
        "ix_media_under_way_updated_at",
        table_name="media",
        postgresql_where=sa.text("status IN ('received', 'transcoding', 'transcribing', 'deleting')"),
    )
    op.drop_index("ix_media_source_key", table_name="media")
    op.drop_column("media", "wish")
    op.drop_table("tallies")

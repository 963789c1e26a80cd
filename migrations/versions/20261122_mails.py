"""Mail that is to go out.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("users", sa.Column("mail_refused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("users", sa.Column("mail_refused_reason", sa.String(32), nullable=True))
    op.create_table(
        "mails",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("dedupe", sa.Text(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mails_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_mails_dedupe")),
    )
    op.create_index("ix_mails_user_id_id", "mails", ["user_id", "id"])
    op.create_index(
        "ix_mails_lower_address",
        "mails",
        [sa.text("lower(address)")],
        postgresql_where=sa.text("address IS NOT NULL"),
    )
    op.create_index("ix_mails_message_id", "mails", ["message_id"], postgresql_where=sa.text("message_id IS NOT NULL"))
    op.create_index("ix_mails_ended_at", "mails", ["ended_at"], postgresql_where=sa.text("ended_at IS NOT NULL"))


def downgrade() -> None:
    """Undo it."""
    op.drop_table("mails")
    op.drop_column("users", "mail_refused_reason")
    op.drop_column("users", "mail_refused_at")

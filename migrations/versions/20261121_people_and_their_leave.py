"""People asked: profiles, terms, invites, exports, leave.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "invites",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invites")),
        sa.UniqueConstraint("digest", name=op.f("uq_invites_digest")),
    )
    op.create_table(
        "agreements",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_agreements_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "version", name=op.f("pk_agreements")),
    )
    op.create_table(
        "exports",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("bucket", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_exports_owner_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_index("ix_exports_key", "exports", ["key"])
    op.create_index("ix_exports_owner_id_id", "exports", ["owner_id", "id"])
    op.create_table(
        "invite_uses",
        sa.Column("invite_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["invite_id"], ["invites.id"], name=op.f("fk_invite_uses_invite_id_invites"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_invite_uses_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("invite_id", "user_id", name=op.f("pk_invite_uses")),
    )
    op.create_index(op.f("ix_invite_uses_user_id"), "invite_uses", ["user_id"])
    op.create_index("ix_audit_log_action_id", "audit_log", ["action", "id"])
    op.create_index(op.f("ix_uploads_media_id"), "uploads", ["media_id"])
    op.add_column("users", sa.Column("language", sa.Text(), nullable=True))
    op.add_column("users", sa.Column("birth_year", sa.Integer(), nullable=True))
    op.add_column("users", sa.Column("sex", sa.String(32), nullable=True))
    op.add_column("users", sa.Column("mails_texts", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.add_column("users", sa.Column("mails_failures", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.add_column("users", sa.Column("leaves_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_users_role_id", "users", ["role", "id"])
    op.create_index("ix_users_email_pattern", "users", [sa.text("lower(email) text_pattern_ops")])
    op.create_index("ix_users_name_pattern", "users", [sa.text("lower(name) text_pattern_ops")])


def downgrade() -> None:
    """Take the change back."""
    for index in ("ix_users_name_pattern", "ix_users_email_pattern", "ix_users_role_id"):
        op.drop_index(index, "users")
    for column in ("leaves_at", "mails_failures", "mails_texts", "sex", "birth_year", "language"):
        op.drop_column("users", column)
    op.drop_index(op.f("ix_uploads_media_id"), "uploads")
    op.drop_index("ix_audit_log_action_id", "audit_log")
    for table in ("invite_uses", "exports", "agreements", "invites"):
        op.drop_table(table)

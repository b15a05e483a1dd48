"""Notices to families."""

import sqlalchemy as sa
from alembic import op

revision = "6be0f1c4a7d2"
down_revision = "d29fc8ca1959"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notify_by", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("notify_mark", sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_callback_notify_mark"), ["notify_mark"], unique=False)

    op.create_table(
        "callback_notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("callback_id", sa.String(length=32), nullable=False),
        sa.Column("occasion", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=True),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["callback_id"], ["callback.id"], name=op.f("fk_callback_notice_callback_id_callback"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_notice")),
        sa.UniqueConstraint("callback_id", "occasion", name=op.f("uq_callback_notice_callback_id_occasion")),
    )  # fmt: skip
    with op.batch_alter_table("callback_notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_callback_notice_state_due_at"), ["state", "due_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("callback_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_callback_notice_state_due_at"))

    op.drop_table("callback_notice")
    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_callback_notify_mark"))
        batch_op.drop_column("notify_mark")
        batch_op.drop_column("notify_by")

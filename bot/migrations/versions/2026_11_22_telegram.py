"""Telegram."""

import sqlalchemy as sa
from alembic import op

revision = "d29fc8ca1959"
down_revision = "d991a3ffa949"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "telegram_chat",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telegram_chat")),
    )
    with op.batch_alter_table("telegram_chat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_telegram_chat_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "telegram_link",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("chat", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telegram_link")),
    )
    with op.batch_alter_table("telegram_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_telegram_link_chat"), ["chat"], unique=False)
        batch_op.create_index(batch_op.f("ix_telegram_link_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "telegram_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("chat", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telegram_message")),
        sa.UniqueConstraint("update_id", "part", name=op.f("uq_telegram_message_update_id_part")),
    )
    with op.batch_alter_table("telegram_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_telegram_message_chat"), ["chat"], unique=False)
        batch_op.create_index(batch_op.f("ix_telegram_message_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_telegram_message_due_at"), ["due_at"], unique=False)

    op.create_table(
        "telegram_update",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telegram_update")),
    )
    with op.batch_alter_table("telegram_update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_telegram_update_chat"), ["chat"], unique=False)
        batch_op.create_index(batch_op.f("ix_telegram_update_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_telegram_update_received_at"), ["received_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("telegram_update", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_telegram_update_received_at"))
        batch_op.drop_index(batch_op.f("ix_telegram_update_due_at"))
        batch_op.drop_index(batch_op.f("ix_telegram_update_chat"))

    op.drop_table("telegram_update")
    with op.batch_alter_table("telegram_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_telegram_message_due_at"))
        batch_op.drop_index(batch_op.f("ix_telegram_message_created_at"))
        batch_op.drop_index(batch_op.f("ix_telegram_message_chat"))

    op.drop_table("telegram_message")
    with op.batch_alter_table("telegram_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_telegram_link_expires_at"))
        batch_op.drop_index(batch_op.f("ix_telegram_link_chat"))

    op.drop_table("telegram_link")
    with op.batch_alter_table("telegram_chat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_telegram_chat_seen_at"))

    op.drop_table("telegram_chat")

"""Live chat."""

import sqlalchemy as sa
from alembic import op

revision = "d991a3ffa949"
down_revision = "5a75a0a126c5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "live_chat",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=False),
        sa.Column("municipality", sa.String(length=64), nullable=True),
        sa.Column("need", sa.String(length=64), nullable=True),
        sa.Column("urgency", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=True),
        sa.Column("holder_name", sa.String(length=200), nullable=True),
        sa.Column("ending", sa.String(length=16), nullable=True),
        sa.Column("callback_id", sa.String(length=32), nullable=True),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'held') = (holder IS NOT NULL)", name=op.f("ck_live_chat_held_has_holder")
        ),
        sa.CheckConstraint("state IN ('waiting', 'held', 'back', 'over')", name=op.f("ck_live_chat_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_chat")),
        sa.UniqueConstraint("conversation", name=op.f("uq_live_chat_conversation")),
    )
    with op.batch_alter_table("live_chat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_live_chat_state_asked_at"), ["state", "asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_live_chat_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "live_chat_line",
        sa.Column("chat_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(length=8), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=True),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["live_chat.id"],
            name=op.f("fk_live_chat_line_chat_id_live_chat"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat_id", "number", name=op.f("pk_live_chat_line")),
        sa.UniqueConstraint("mark", name=op.f("uq_live_chat_line_mark")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("number", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_column("number")
        batch_op.drop_column("said")

    op.drop_table("live_chat_line")
    with op.batch_alter_table("live_chat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_live_chat_updated_at"))
        batch_op.drop_index(batch_op.f("ix_live_chat_state_asked_at"))

    op.drop_table("live_chat")

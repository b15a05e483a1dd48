"""Drafts of what is recorded of a call, and the day on which somebody has agreed to be in touch again."""

import sqlalchemy as sa
from alembic import op

revision = "8c2f40d7e1b3"
down_revision = "5d20c6b8e913"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_draft",
        sa.Column("callback_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["callback_id"],
            ["callback.id"],
            name=op.f("fk_call_draft_callback_id_callback"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("callback_id", "staff_id", name=op.f("pk_call_draft")),
    )
    with op.batch_alter_table("call_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_draft_updated_at"), ["updated_at"], unique=False)

    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.add_column(sa.Column("follow_up_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("follow_up_by", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("follow_up_name", sa.String(length=200), nullable=True))
        batch_op.create_index(batch_op.f("ix_callback_follow_up_on"), ["follow_up_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_callback_follow_up_by_follow_up_on"),
            ["follow_up_by", "follow_up_on"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_callback_follow_up_by_follow_up_on"))
        batch_op.drop_index(batch_op.f("ix_callback_follow_up_on"))
        batch_op.drop_column("follow_up_name")
        batch_op.drop_column("follow_up_by")
        batch_op.drop_column("follow_up_on")

    with op.batch_alter_table("call_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_draft_updated_at"))

    op.drop_table("call_draft")

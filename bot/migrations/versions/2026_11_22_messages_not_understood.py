"""Messages not understood."""

import sqlalchemy as sa
from alembic import op

revision = "5a75a0a126c5"
down_revision = "72739d97e785"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "unclear_message",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unclear_message")),
    )
    with op.batch_alter_table("unclear_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unclear_message_kept_at"), ["kept_at"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("unclear_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unclear_message_kept_at"))

    op.drop_table("unclear_message")

"""The life of a callback: seen, rung, reached, offered to a colleague, answered by another request's call."""

import sqlalchemy as sa
from alembic import op

revision = "c4d2e9b71a05"
down_revision = "3fa1c7d20b86"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("seen_at", sa.DateTime(timezone=True)),
    ("rang_at", sa.DateTime(timezone=True)),
    ("reached_at", sa.DateTime(timezone=True)),
    ("decision", sa.String(length=16)),
    ("offered_to", sa.String(length=64)),
    ("offered_to_name", sa.String(length=200)),
    ("offered_at", sa.DateTime(timezone=True)),
    ("matter_mark", sa.String(length=64)),
    ("merged_into", sa.String(length=32)),
    ("apart", sa.JSON()),
)


def upgrade() -> None:
    with op.batch_alter_table("callback", schema=None) as batch_op:
        for name, kind in _COLUMNS:
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.create_index(batch_op.f("ix_callback_offered_to"), ["offered_to"], unique=False)
        batch_op.create_index(batch_op.f("ix_callback_merged_into"), ["merged_into"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_callback_matter_mark"), ["matter_mark"])


def downgrade() -> None:
    with op.batch_alter_table("callback", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_callback_matter_mark"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_callback_merged_into"))
        batch_op.drop_index(batch_op.f("ix_callback_offered_to"))
        for name, _ in reversed(_COLUMNS):
            batch_op.drop_column(name)

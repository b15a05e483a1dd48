"""A place names the advisor whose half hour it is: each is given once, whichever area it is for."""

import sqlalchemy as sa
from alembic import op

revision = "1c6e84f0b2a7"
down_revision = "f20a6c7d3b58"
branch_labels = None
depends_on = None

_INDEX = "ix_callback_place_start_place_advisor"


def upgrade() -> None:
    op.add_column("callback", sa.Column("place_advisor", sa.String(length=32), nullable=True))
    op.create_index(_INDEX, "callback", ["place_start", "place_advisor"], unique=True)


def downgrade() -> None:
    op.drop_index(_INDEX, table_name="callback")
    op.drop_column("callback", "place_advisor")

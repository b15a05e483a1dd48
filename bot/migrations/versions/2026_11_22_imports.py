"""Imports: what registers said last, what waits for a click, what does not come back, how far an import got."""

import sqlalchemy as sa
from alembic import op

revision = "a3c81f06e9d4"
down_revision = "5e93b7d1c08f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_base",
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("system", "external_id", name=op.f("pk_import_base")),
    )
    op.create_index(op.f("ix_import_base_service_id"), "import_base", ["service_id"], unique=False)
    op.create_table(
        "import_refusal",
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("system", "external_id", name=op.f("pk_import_refusal")),
    )
    op.create_table(
        "import_proposal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("service_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("theirs", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=12), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_proposal")),
    )
    op.create_index(op.f("ix_import_proposal_service_id"), "import_proposal", ["service_id"], unique=False)
    op.create_index(
        op.f("ix_import_proposal_system_external_id"),
        "import_proposal",
        ["system", "external_id"],
        unique=True,
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )


def downgrade() -> None:
    op.drop_table("import_run")
    op.drop_table("import_proposal")
    op.drop_table("import_refusal")
    op.drop_table("import_base")

"""The audit is sealed into a chain, guarded by the database, and names the areas it touches."""

import sqlalchemy as sa
from alembic import op

from bot.audit import guarding

revision = "e7a41c90b6d3"
down_revision = "8c2f40d7e1b3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("areas", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("box", sa.LargeBinary(), nullable=True))
        batch_op.create_index(batch_op.f("ix_audit_actor_at"), ["actor", "at"], unique=False)

    op.create_table(
        "audit_chain",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("anchored_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_chain")),
    )
    for statement in guarding.statements(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in guarding.taking_away(op.get_bind().dialect.name):
        op.get_bind().exec_driver_sql(statement)
    op.drop_table("audit_chain")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_actor_at"))
        batch_op.drop_column("box")
        batch_op.drop_column("areas")

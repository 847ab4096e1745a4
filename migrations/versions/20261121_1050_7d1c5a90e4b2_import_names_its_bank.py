"""An import that is only previewed names the bank that writing will make.

Why: previewing a file made its bank, so that looking and going away left an empty one.
Data: import_run.bank_id may be empty; new_bank and branch_id are added, empty for what is there.
Locks: import_run only, which is small; SQLite writes it anew.
Back: previews of banks that are not there yet are forgotten; their authors upload again.
"""

import sqlalchemy as sa
from alembic import op

revision = "7d1c5a90e4b2"
down_revision = "36de0a213322"
branch_labels = None
depends_on = None

FOREIGN_KEY = "fk_import_run_branch_id_branch"
CHECK = "ck_import_run_has_a_bank"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("import_run") as batch:
        batch.alter_column("bank_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("new_bank", sa.String(length=80), nullable=True))
        batch.add_column(sa.Column("branch_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f(FOREIGN_KEY), "branch", ["branch_id"], ["id"])
        batch.create_check_constraint(
            op.f(CHECK),
            "bank_id IS NOT NULL OR (new_bank IS NOT NULL AND branch_id IS NOT NULL"
            " AND state = 'previewed')",
        )


def downgrade() -> None:
    """Take back."""
    op.execute("DELETE FROM import_run WHERE bank_id IS NULL")
    with op.batch_alter_table("import_run") as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.drop_constraint(op.f(FOREIGN_KEY), type_="foreignkey")
        batch.drop_column("branch_id")
        batch.drop_column("new_bank")
        batch.alter_column("bank_id", existing_type=sa.Integer(), nullable=False)

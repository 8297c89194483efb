"""Keep each author's name as it is looked for: in lower case, without accents and punctuation."""

import sqlalchemy as sa
from alembic import op

from programme.letters import plain_name

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and fill it."""
    op.add_column("authors", sa.Column("plain_name", sa.String, nullable=False, server_default=""))
    connection = op.get_bind()
    names = connection.exec_driver_sql("SELECT id, name FROM authors")
    if plain := [{"id": id_, "plain": plain_name(str(name))} for id_, name in names]:
        connection.execute(sa.text("UPDATE authors SET plain_name = :plain WHERE id = :id"), plain)


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("authors", "plain_name")

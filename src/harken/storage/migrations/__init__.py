"""The schema, step by step. A released step is never edited; triggers and views are made anew each time.

Loaded only when a file is made or is of an earlier version: it needs sqlite-utils.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from harken.errors import ProjectFileError
from harken.storage.driver import APPLICATION_ID, SCHEMA_VERSION, Connection, transaction
from harken.storage.migrations.first import first_schema
from harken.storage.migrations.second import reading_room
from harken.storage.migrations.third import theme_tables
from harken.storage.schema import drop_guards_and_views, make_guards_and_views

migrations = Migrations("harken")
for step in (first_schema, reading_room, theme_tables):
    migrations()(step)


def migrate(connection: Connection) -> None:
    """Bring a file to `SCHEMA_VERSION`, whole or not at all; raises on a broken reference.

    Foreign keys must still be off. Whoever comes second, while another program migrates, waits and finds
    nothing left to do.
    """
    database = Database(connection, execute_plugins=False)
    with transaction(connection):
        _make_own_table(database)
        drop_guards_and_views(connection)
        migrations.apply(database)
        make_guards_and_views(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise ProjectFileError("The project file holds references to rows that are gone. Use a backup.")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _make_own_table(database: Database) -> None:
    """The list of steps taken: sqlite-utils would make it without strict types."""
    table = database.table(migrations.migrations_table)
    if not table.exists():
        table.create(
            {"id": int, "migration_set": str, "name": str, "applied_at": str},
            pk="id",
            not_null={"migration_set", "name", "applied_at"},
            strict=True,
        )
        table.create_index(["migration_set", "name"], unique=True)

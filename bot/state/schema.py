"""The tables, created and migrated at the start."""

from __future__ import annotations

from bot.state.database import Session

#: Each entry brings a database one version further; entries are never changed once released, only added.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # What a follow-up needs of a speaker's last turn; `speaker` is a keyed hash, not a Telegram id.
        "CREATE TABLE conversations (speaker TEXT PRIMARY KEY, turn TEXT NOT NULL, touched DOUBLE PRECISION NOT NULL)",
        # Updates taken on: until `leased` by one process, then `answer` (what was sent back with the webhook's
        # response, may be "") and from then on handled.
        # `outcome` is what came of it; counted by day in `outcomes` when the update itself is dropped.
        "CREATE TABLE updates (id BIGINT PRIMARY KEY, leased DOUBLE PRECISION NOT NULL, answer TEXT, sent INTEGER"
        " NOT NULL DEFAULT 0, day TEXT, outcome TEXT)",
        # Which of the bot's messages answers which question, so that an edited question edits its answer.
        "CREATE TABLE answers (chat TEXT NOT NULL, question BIGINT NOT NULL, answer BIGINT NOT NULL,"
        " at DOUBLE PRECISION NOT NULL, PRIMARY KEY (chat, question))",
        "CREATE TABLE feedback (speaker TEXT NOT NULL, message BIGINT NOT NULL, liked INTEGER NOT NULL,"
        " facts TEXT NOT NULL, question TEXT, at DOUBLE PRECISION NOT NULL, PRIMARY KEY (speaker, message))",
        "CREATE TABLE misses (speaker TEXT NOT NULL, message BIGINT NOT NULL, outcome TEXT NOT NULL,"
        " question TEXT NOT NULL, at DOUBLE PRECISION NOT NULL, PRIMARY KEY (speaker, message))",
        "CREATE TABLE outcomes (day TEXT NOT NULL, outcome TEXT NOT NULL, number BIGINT NOT NULL,"
        " PRIMARY KEY (day, outcome))",
    ),
)


def migrate(session: Session) -> None:
    """Bring the tables to the newest version, from none or any earlier one; several processes may try at once."""
    session.run("CREATE TABLE IF NOT EXISTS schema_version (one INTEGER PRIMARY KEY, version INTEGER NOT NULL)")
    session.run("INSERT INTO schema_version VALUES (1, 0) ON CONFLICT (one) DO NOTHING")
    # Updating the row holds it until the end of the transaction: a second process waits here.
    session.run("UPDATE schema_version SET version = version WHERE one = 1")
    version = session.run("SELECT version FROM schema_version WHERE one = 1")[0][0]
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            session.run(statement)
    session.run("UPDATE schema_version SET version = %s WHERE one = 1", len(MIGRATIONS))

-- What is kept for ever: the journal, and beside it drafts, settings and copies of remote things.
-- Released migrations are frozen; a test holds their hashes.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every change to the workspace, in the order in which this file learnt of it.
CREATE TABLE journal (
    position      INTEGER PRIMARY KEY,
    id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    desk          BLOB NOT NULL CHECK (length(desk) = 16),
    desk_seq      INTEGER NOT NULL CHECK (desk_seq > 0),
    kind          TEXT NOT NULL,
    version       INTEGER NOT NULL,
    effective_on  INTEGER NOT NULL,          -- days since 1970-01-01
    recorded_at   INTEGER NOT NULL,          -- milliseconds since 1970-01-01 UTC
    actor         TEXT NOT NULL,
    reverses      BLOB,
    batch         BLOB,
    previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
    -- A part may be withheld from a desk or erased; its digest stays, so that the chain proves the rest.
    body            BLOB NOT NULL,
    money           BLOB,
    money_digest    BLOB NOT NULL CHECK (length(money_digest) = 32),
    personal        BLOB,
    personal_salt   BLOB NOT NULL,
    personal_digest BLOB NOT NULL CHECK (length(personal_digest) = 32),
    hash          BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (desk, desk_seq)
) STRICT;

CREATE INDEX journal_batch ON journal (batch) WHERE batch IS NOT NULL;

CREATE TRIGGER journal_is_append_only
BEFORE UPDATE OF position, id, desk, desk_seq, kind, version, effective_on, recorded_at, actor,
    reverses, batch, previous_hash, body, money, money_digest, personal_salt, personal_digest, hash
ON journal BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;
CREATE TRIGGER journal_personal_is_only_erased BEFORE UPDATE OF personal ON journal
WHEN NEW.personal IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;
CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;

-- Unissued documents: they change freely and are not history.
CREATE TABLE draft (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind       TEXT NOT NULL,
    version    INTEGER NOT NULL,
    content    TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What this desk remembers for its user: printers, import profiles, the role.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Where each shop's feed was read to, and how the last run ended.
CREATE TABLE sync_stream (
    shop         BLOB PRIMARY KEY CHECK (length(shop) = 16),
    epoch        TEXT NOT NULL,            -- with the cursor '': before the first page
    cursor       TEXT NOT NULL,
    seq          INTEGER NOT NULL,         -- the last change taken
    closed_until INTEGER,                  -- up to this day each day was posted after it had ended
    mapping      TEXT,                     -- hash of the shop's mapping that they were posted by
    last_ok      INTEGER,
    last_error   TEXT
) STRICT, WITHOUT ROWID;

-- Orders as the marketplace last showed them: a copy that can be pulled again.
CREATE TABLE remote_order (
    shop    BLOB NOT NULL CHECK (length(shop) = 16),
    id      TEXT NOT NULL,
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (shop, id)
) STRICT, WITHOUT ROWID;

-- The days that an order's lines count on, so that a changed order finds the levels it touches.
CREATE TABLE remote_line (
    shop       BLOB NOT NULL,
    id         TEXT NOT NULL,
    line       TEXT NOT NULL,
    warehouse  TEXT NOT NULL,
    listing    TEXT NOT NULL,
    seller_sku TEXT,
    ship_day   INTEGER,
    pay_day    INTEGER,
    units      INTEGER NOT NULL,
    PRIMARY KEY (shop, id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_line_shipped ON remote_line (shop, ship_day);
CREATE INDEX remote_line_paid ON remote_line (shop, pay_day);

-- What follows from the journal. Rebuilt by replay whenever its version rises, so it has no
-- migrations; and no constraint that another desk's valid entry could break.

-- UUIDs stand in entries; tables use these numbers, which never leave the file.
CREATE TABLE identity (
    id   INTEGER PRIMARY KEY,
    uuid BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE company (id INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TABLE sku (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE INDEX sku_code ON sku (code);
CREATE TABLE sku_alias (
    whose TEXT NOT NULL, code TEXT NOT NULL, sku INTEGER NOT NULL, PRIMARY KEY (code, whose, sku)
) STRICT, WITHOUT ROWID;
CREATE TABLE sku_price (
    sku INTEGER PRIMARY KEY, currency TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE TABLE place (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL,
    live_from INTEGER, of INTEGER,                -- of: the place or transfer it belongs to
    content TEXT
) STRICT;
CREATE TABLE partner (id INTEGER PRIMARY KEY, code TEXT NOT NULL, content TEXT NOT NULL) STRICT;
CREATE TABLE shop (id INTEGER PRIMARY KEY, code TEXT NOT NULL, content TEXT NOT NULL) STRICT;

CREATE TABLE lot (
    id INTEGER PRIMARY KEY, sku INTEGER NOT NULL, lot_no TEXT NOT NULL, mfg_on INTEGER,
    expires_on INTEGER, first_received_on INTEGER NOT NULL, production_order INTEGER,
    live INTEGER NOT NULL                         -- 0: every entry that brought it is reversed
) STRICT;
CREATE INDEX lot_number ON lot (sku, lot_no);

-- Clustered by day: an as-of view reads one side of its day in one go.
CREATE TABLE move (
    day INTEGER NOT NULL, entry INTEGER NOT NULL, line INTEGER NOT NULL, kind INTEGER NOT NULL,
    lot INTEGER NOT NULL, qty INTEGER NOT NULL,
    from_place INTEGER NOT NULL, from_status INTEGER NOT NULL,
    to_place INTEGER NOT NULL, to_status INTEGER NOT NULL,
    PRIMARY KEY (day, entry, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX move_lot ON move (lot, day);
CREATE TRIGGER move_is_append_only BEFORE UPDATE ON move BEGIN
    SELECT RAISE(ABORT, 'move is append-only');
END;
CREATE TRIGGER move_is_kept BEFORE DELETE ON move BEGIN
    SELECT RAISE(ABORT, 'move is append-only');
END;

CREATE TABLE balance (
    id INTEGER PRIMARY KEY, lot INTEGER NOT NULL, place INTEGER NOT NULL, status INTEGER NOT NULL,
    qty INTEGER NOT NULL, last_day INTEGER NOT NULL, UNIQUE (lot, place, status)
) STRICT;
CREATE INDEX balance_place ON balance (place);

CREATE TABLE value_entry (
    entry INTEGER NOT NULL, line INTEGER NOT NULL, lot INTEGER NOT NULL, kind TEXT NOT NULL,
    currency TEXT NOT NULL, minor INTEGER NOT NULL, PRIMARY KEY (entry, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX value_entry_lot ON value_entry (lot);

-- Units of a lot whose value goes on: into another lot, or to the partner (to_lot NULL).
CREATE TABLE passing (
    entry INTEGER NOT NULL, line INTEGER NOT NULL, kind INTEGER NOT NULL,
    from_lot INTEGER NOT NULL, to_lot INTEGER, qty INTEGER NOT NULL, PRIMARY KEY (entry, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX passing_from ON passing (from_lot);
CREATE INDEX passing_to ON passing (to_lot);

-- told_units, told_minor: of how many units a file told what they brought, and that without tax;
-- zero in a file that holds no money.
CREATE TABLE sale_level (
    shop INTEGER NOT NULL, day INTEGER NOT NULL, place INTEGER NOT NULL, listing TEXT NOT NULL,
    kind TEXT NOT NULL, sku INTEGER NOT NULL, units INTEGER NOT NULL, demand INTEGER NOT NULL,
    told_units INTEGER NOT NULL, told_minor INTEGER NOT NULL,
    postings INTEGER NOT NULL, source TEXT NOT NULL,
    PRIMARY KEY (shop, day, place, listing, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE demand (
    sku INTEGER NOT NULL, place INTEGER NOT NULL, day INTEGER NOT NULL, units INTEGER NOT NULL,
    postings INTEGER NOT NULL, PRIMARY KEY (sku, place, day)
) STRICT, WITHOUT ROWID;

-- Records that are as their last live entry says: offers, versions, bills of materials, factory
-- statements, invoices, bills, attachments, channels and their prices. Owner: the goods, place,
-- partner or document they are of.
CREATE TABLE record (
    kind INTEGER NOT NULL, id INTEGER NOT NULL, owner INTEGER NOT NULL, content TEXT NOT NULL,
    money TEXT, PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_owner ON record (owner, kind);

CREATE TABLE production_order (
    id INTEGER PRIMARY KEY, number TEXT NOT NULL, state TEXT NOT NULL, content TEXT NOT NULL,
    materials_at INTEGER, for_order INTEGER
) STRICT;
CREATE INDEX order_at ON production_order (materials_at) WHERE state <> 'closed';
CREATE INDEX order_for ON production_order (for_order) WHERE for_order IS NOT NULL;
CREATE TABLE invoice_order (
    production_order INTEGER NOT NULL, invoice INTEGER NOT NULL,
    PRIMARY KEY (production_order, invoice)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_order_invoice ON invoice_order (invoice);
CREATE TABLE order_price (
    production_order INTEGER NOT NULL, line INTEGER NOT NULL, currency TEXT NOT NULL,
    price TEXT NOT NULL, PRIMARY KEY (production_order, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE transfer (
    id INTEGER PRIMARY KEY, number TEXT NOT NULL, state TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE TABLE reservation (
    lot INTEGER NOT NULL, place INTEGER NOT NULL, owner INTEGER NOT NULL, qty INTEGER NOT NULL,
    PRIMARY KEY (lot, place, owner)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_batch (
    id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL, kind TEXT NOT NULL, rows INTEGER NOT NULL
) STRICT;

-- Numbers that are used up for ever, also by entries that were reversed.
CREATE TABLE serial (
    series TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (series, n)
) STRICT, WITHOUT ROWID;

-- Which entries concern which document, and which entry undid which.
CREATE TABLE doc_entry (
    kind INTEGER NOT NULL, doc INTEGER NOT NULL, entry INTEGER NOT NULL,
    PRIMARY KEY (kind, doc, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX doc_entry_entry ON doc_entry (entry);
CREATE TABLE reversal (
    entry INTEGER PRIMARY KEY, by INTEGER NOT NULL
) STRICT;

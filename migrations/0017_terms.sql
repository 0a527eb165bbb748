-- On which terms invoices are: who bills whom, from where to where, how it is taxed, and at which rate of
-- exchange. Until now a seller had a name and lines of an address, a buyer a name, and tax was one rate.

ALTER TABLE setting ADD COLUMN seller_post_code TEXT;
ALTER TABLE setting ADD COLUMN seller_city TEXT;
ALTER TABLE setting ADD COLUMN seller_region TEXT;
ALTER TABLE setting ADD COLUMN seller_country TEXT CHECK (length(seller_country) = 2);
ALTER TABLE setting ADD COLUMN seller_legal_id TEXT;
ALTER TABLE setting ADD COLUMN seller_phone TEXT;
ALTER TABLE setting ADD COLUMN seller_iban TEXT;
ALTER TABLE setting ADD COLUMN seller_bic TEXT;
ALTER TABLE setting ADD COLUMN seller_bank TEXT;
ALTER TABLE setting ADD COLUMN seller_endpoint_scheme TEXT;
ALTER TABLE setting ADD COLUMN seller_endpoint TEXT;

-- How somebody who owns costs is billed. Who has no row is billed by name alone, within the seller's country.
CREATE TABLE buyer (
    owner_id INTEGER PRIMARY KEY REFERENCES owner (id),
    name TEXT CHECK (name <> ''), -- on paper; none is the owner's
    address TEXT NOT NULL, -- one line of it a line
    tax_id TEXT,
    email TEXT,
    post_code TEXT,
    city TEXT,
    region TEXT,
    country TEXT CHECK (length(country) = 2),
    legal_id TEXT,
    phone TEXT,
    iban TEXT,
    bic TEXT,
    bank TEXT,
    endpoint_scheme TEXT,
    endpoint TEXT,
    invoice_emails TEXT NOT NULL CHECK (json_valid(invoice_emails)), -- whom invoices are sent to
    purchase_order TEXT,
    payment_days INTEGER CHECK (payment_days BETWEEN 0 AND 365),
    language TEXT CHECK (length(language) = 2),
    currency TEXT CHECK (length(currency) BETWEEN 3 AND 8), -- what invoices are in; none is the costs'
    tax_category TEXT,
    tax_reason TEXT,
    CHECK ((endpoint_scheme IS NULL) = (endpoint IS NULL)),
    CHECK (tax_reason IS NULL OR tax_category IS NOT NULL)
) STRICT;

-- A table of tax rates that a person changed; of the other countries the program's own counts.
CREATE TABLE tax_table (
    country TEXT PRIMARY KEY CHECK (length(country) = 2),
    source TEXT NOT NULL,
    changed_on INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tax_period (
    country TEXT NOT NULL REFERENCES tax_table (country) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    region TEXT CHECK (region <> ''),
    category TEXT NOT NULL,
    rate INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 1000000), -- parts per million
    from_day INTEGER,
    to_day INTEGER,
    PRIMARY KEY (country, ordinal),
    CHECK (from_day IS NULL OR to_day IS NULL OR from_day <= to_day)
) STRICT, WITHOUT ROWID;

-- What one unit of `base` was worth on a day, by a source. One a pair, day and source: the source says which
-- of two rates was used.
CREATE TABLE exchange_quote (
    base TEXT NOT NULL CHECK (length(base) BETWEEN 3 AND 8),
    quoted TEXT NOT NULL CHECK (length(quoted) BETWEEN 3 AND 8 AND quoted <> base),
    day INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source <> ''),
    nanos INTEGER NOT NULL CHECK (nanos > 0), -- 10⁻⁹ of a unit of `quoted`
    PRIMARY KEY (day, base, quoted, source)
) STRICT, WITHOUT ROWID;

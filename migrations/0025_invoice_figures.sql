-- What lists need of a document. What stands on one is a text of some kilobytes, and its paper lies in the
-- same row: a list of ten thousand read all of it to say what each comes to.
CREATE TABLE invoice_figures (
    invoice_id INTEGER PRIMARY KEY REFERENCES invoice (id) ON DELETE CASCADE,
    buyer TEXT NOT NULL, -- as on the paper
    paper_currency TEXT NOT NULL CHECK (length(paper_currency) BETWEEN 3 AND 8),
    units INTEGER NOT NULL,
    rest INTEGER NOT NULL,
    due_on INTEGER
) STRICT;
-- Documents of before have no row: what they come to is worked out from what stands on them, as it was.

-- All that lists choose and sort by, so that they do not touch the rows themselves.
CREATE INDEX invoice_listed ON invoice (period, kind, series, number, owner_id, credits_id, approved_by);
CREATE INDEX invoice_replaces ON invoice (replaces_id) WHERE replaces_id IS NOT NULL;

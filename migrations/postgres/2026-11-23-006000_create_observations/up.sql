-- The figures of a file of figures, which is on the shelf under its digest: made from it when it comes, and made again from it at will.
CREATE TABLE observations (
    data TEXT NOT NULL,
    -- Of the file, from 0.
    row INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    -- As borne on the last day; empty for the unit of the report.
    unit_code TEXT NOT NULL,
    first_day DATE,
    last_day DATE,
    -- `dimension=member`, one after the other, each with a line end.
    members TEXT NOT NULL,
    -- An exact decimal, `-` or `…`.
    value TEXT NOT NULL,
    measure TEXT NOT NULL,
    is_preliminary BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (data, row)
);
CREATE INDEX observations_by_indicator ON observations (indicator, unit_code, members, last_day);

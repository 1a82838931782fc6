-- Of what a file of figures says anything, so that whoever counts reports does not go through their figures.
CREATE TABLE data_indicators (
    data TEXT NOT NULL,
    indicator TEXT NOT NULL,
    PRIMARY KEY (data, indicator)
);
INSERT INTO data_indicators (data, indicator) SELECT DISTINCT data, indicator FROM observations;

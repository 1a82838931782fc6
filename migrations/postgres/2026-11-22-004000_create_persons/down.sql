DROP TABLE tries;
DROP TABLE tokens;
DROP TABLE links;
DROP TABLE recovery_codes;
DROP TABLE sessions;
DROP TABLE grants;
DROP TABLE persons;
DROP FUNCTION persons_are_kept;

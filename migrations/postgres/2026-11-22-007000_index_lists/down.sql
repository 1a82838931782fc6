DROP INDEX log_by_position;
DROP INDEX documents_by_state_and_title;
DROP INDEX documents_by_kind;

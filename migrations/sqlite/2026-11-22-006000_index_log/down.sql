DROP INDEX log_by_time;
DROP INDEX log_by_subject;
DROP INDEX log_by_act;
DROP INDEX log_by_actor;

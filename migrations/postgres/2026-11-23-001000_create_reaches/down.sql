DROP TABLE reaches;

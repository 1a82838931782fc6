DROP TABLE intakes;
DROP TABLE sheet_shapes;
